import { z } from 'zod'

/** Where an object store is and who we are to it. */
export type S3Settings = {
  /** Scheme, name and port. */
  endpoint: string
  region: string
  bucket: string
  /** Before every key; empty or with a slash at its end. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
  /** Whether the bucket is the first part of the path, rather than of the name of the host. */
  isPathStyle: boolean
}

const BUCKET = /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/
/** Characters that no server and no signature writes in two ways. */
const PREFIX = /^([A-Za-z\d_-][A-Za-z\d._-]*(\/|$))*$/

/** `s3://bucket/prefix`, as the bucket and what goes before each key. */
export const storageUrl = z.string().transform((text, context) => {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(text) ?? []
  const prefix = path.replace(/\/+$/, '')
  if (BUCKET.test(bucket) && PREFIX.test(prefix)) return { bucket, prefix: prefix && `${prefix}/` }
  context.addIssue({
    code: 'custom',
    message:
      'must be an address such as s3://bucket or s3://bucket/prefix, of letters, digits, points, hyphens and underscores',
  })
  return z.NEVER
})

type Bucket = Pick<S3Settings, 'bucket' | 'prefix'>
type Access = {
  S3_ENDPOINT?: string
  S3_REGION: string
  S3_ACCESS_KEY_ID?: string
  S3_SECRET_ACCESS_KEY?: string
  S3_PATH_STYLE?: 'on' | 'off'
}
export type StorageEnv = Access & { STORAGE_URL?: Bucket }

/** The keys belong to the address: without them nothing can be stored. */
export function checkStorage(raw: StorageEnv, context: z.RefinementCtx): void {
  for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
    if (raw.STORAGE_URL && !raw[name])
      context.addIssue({ code: 'custom', path: [name], message: 'must be set when STORAGE_URL is' })
}

/** The object store that is configured; null when bytes are kept on the disk. */
export function s3Settings(env: StorageEnv): S3Settings | null {
  return env.STORAGE_URL ? settingsOf(env.STORAGE_URL, env) : null
}

export function settingsOf(place: Bucket, env: Access): S3Settings {
  const { S3_ENDPOINT: endpoint, S3_REGION: region } = env
  return {
    ...place,
    region,
    endpoint: endpoint ?? `https://s3.${region}.amazonaws.com`,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '',
    isPathStyle: env.S3_PATH_STYLE ? env.S3_PATH_STYLE === 'on' : endpoint !== undefined,
  }
}

/** How people and the log call it: without anything secret. */
export const addressOfStore = ({ bucket, prefix, endpoint }: S3Settings) =>
  `s3://${bucket}/${prefix} (${endpoint})`
