import path from 'node:path'
import type { z } from 'zod'
import {
  s3Settings,
  settingsOf,
  storageUrl,
  type S3Settings,
  type StorageEnv,
} from '@/lib/platform/storage-settings'

type Setting = 'ENDPOINT' | 'REGION' | 'ACCESS_KEY_ID' | 'SECRET_ACCESS_KEY'
type BackupEnv = StorageEnv & {
  STUDIO_DATA_DIR: string
  BACKUP_DIR?: string
  BACKUP_S3_ENDPOINT?: string
  BACKUP_S3_REGION?: string
  BACKUP_S3_ACCESS_KEY_ID?: string
  BACKUP_S3_SECRET_ACCESS_KEY?: string
  BACKUP_S3_PATH_STYLE?: 'on' | 'off'
}

/** Where backups lie: a folder, or a bucket and what goes before each key. */
export type BackupTarget = { folder: string } | { bucket: S3Settings }

/** What an address such as `/mnt/backups` or `s3://bucket/prefix` means here; what is wrong with it otherwise. */
export function backupTarget(address: string, env: BackupEnv): BackupTarget | { fault: string } {
  if (/^s3:/i.test(address)) return bucketTarget(address, env)
  const folder = path.resolve(address)
  if (`${folder}${path.sep}`.startsWith(`${path.resolve(env.STUDIO_DATA_DIR)}${path.sep}`))
    return { fault: 'must not lie in STUDIO_DATA_DIR: what befalls the one would befall the other' }
  return { folder }
}

function bucketTarget(address: string, env: BackupEnv): BackupTarget | { fault: string } {
  const place = storageUrl.safeParse(address)
  if (!place.success) return { fault: place.error.issues[0]?.message ?? 'is no address' }
  const bucket = settingsOf(place.data, {
    S3_ENDPOINT: env.BACKUP_S3_ENDPOINT ?? env.S3_ENDPOINT,
    S3_REGION: env.BACKUP_S3_REGION ?? env.S3_REGION,
    S3_ACCESS_KEY_ID: env.BACKUP_S3_ACCESS_KEY_ID ?? env.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: env.BACKUP_S3_SECRET_ACCESS_KEY ?? env.S3_SECRET_ACCESS_KEY,
    S3_PATH_STYLE: env.BACKUP_S3_PATH_STYLE ?? env.S3_PATH_STYLE,
  })
  if (!bucket.accessKeyId || !bucket.secretAccessKey)
    return {
      fault:
        'needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or BACKUP_S3_ACCESS_KEY_ID and BACKUP_S3_SECRET_ACCESS_KEY',
    }
  const images = s3Settings(env)
  const isAmongImages =
    images?.endpoint === bucket.endpoint &&
    images.bucket === bucket.bucket &&
    bucket.prefix.startsWith(images.prefix)
  if (isAmongImages)
    return { fault: 'must not lie in STORAGE_URL: what befalls the one would befall the other' }
  return { bucket }
}

/** The full name of the variable that says it for backups. */
export const backupVariable =
  (env: BackupEnv) =>
  (name: Setting): string =>
    env[`BACKUP_S3_${name}`] === undefined ? `S3_${name}` : `BACKUP_S3_${name}`

export function checkBackup(raw: BackupEnv, context: z.RefinementCtx): void {
  const target = raw.BACKUP_DIR === undefined ? null : backupTarget(raw.BACKUP_DIR, raw)
  if (target && 'fault' in target)
    context.addIssue({ code: 'custom', path: ['BACKUP_DIR'], message: target.fault })
}
