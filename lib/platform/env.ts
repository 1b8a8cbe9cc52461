import { isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { checkBackup } from '@/lib/platform/backup-settings'
import { databaseAddress } from '@/lib/platform/database-address'
import { areaNames, LEVELS, parseLevels } from '@/lib/platform/log-levels'
import { shared } from '@/lib/platform/shared'
import { checkStorage, storageUrl } from '@/lib/platform/storage-settings'

/** A whole number in plain digits: `0x10` and `1e3` are mistakes, not numbers. */
const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.number().min(least, error).max(most, error))
}
const port = whole(1, 65535)
const oneOf = <const T extends string>(...values: T[]) =>
  z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` })
const flag = oneOf('on', 'off')
const seconds = whole(1, 3600)
const region = z.string().regex(/^[a-z\d-]+$/, 'must be a name such as eu-central-1')
const logLevel = z.string().refine((text) => parseLevels(text) !== null, {
  message: `must be ${LEVELS.slice(0, -1).join(', ')} or ${LEVELS.at(-1)}, and may go on with an area’s own, such as info,pipeline=debug (${areaNames().join(', ')})`,
})
/** Where to listen: an address or a name, IPv6 also in the brackets that a URL has. */
const host = z
  .string()
  .transform((text) => /^\[(.*)\]$/.exec(text)?.[1] ?? text)
  .refine((text) => isIP(text) > 0 || /^(?!.*[.-]{2})[a-z\d_]([a-z\d_.-]*[a-z\d])?$/i.test(text), {
    message:
      'must be an address or a name of this machine alone, such as 127.0.0.1, 0.0.0.0, ::1 or studio.lan',
  })
const address = (allowed: { canHavePath: boolean }) =>
  z
    .string()
    .trim()
    .superRefine((text, context) => {
      const message = faultOf(text, allowed)
      if (message) context.addIssue({ code: 'custom', message })
    })
/** Scheme, name and port, as a browser says them in `Origin`. */
const origin = address({ canHavePath: false }).transform((text) =>
  URL.canParse(text) ? new URL(text).origin : text,
)
const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    message: 'is not a time zone name such as Asia/Seoul',
  })

/** `smtp://user:password@host:587` (TLS is demanded off loopback, unless `?requireTLS=false` says not to) or `smtps://…`. */
const smtpAddress = z.string().superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null
  const isWhole = url && /^smtps?:$/.test(url.protocol) && url.hostname && /^\/?$/.test(url.pathname)
  const message = 'must be an address such as smtp://user:password@mail.example.com:587'
  if (!isWhole || url.hash) return context.addIssue({ code: 'custom', message })
  if (!/^(\?requireTLS=(true|false))?$/.test(url.search))
    context.addIssue({ code: 'custom', message: `${message}, and may end with ?requireTLS=false alone` })
  if (!isEncoded(url.username) || !isEncoded(url.password))
    context.addIssue({
      code: 'custom',
      message: 'has a % in its user or password that is not written as %25',
    })
})

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text).length >= 0
  } catch {
    return false
  }
}

/** `studio@example.com`, or with a name before it: `Flamel Studio <studio@example.com>`. */
const sender = z.string().transform((text, context) => {
  const [, name = '', address = text] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? []
  const parsed = z.email().safeParse(address.trim())
  if (parsed.success && !/[\r\n]/.test(name))
    return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: parsed.data }
  context.addIssue({
    code: 'custom',
    message: 'must be an address such as studio@example.com or Flamel Studio <studio@example.com>',
  })
  return z.NEVER
})

/** With commas between them; `null` is the origin of a page without one, such as a Figma plugin's. */
const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every(isOrigin), { message: 'is not a list of origins such as https://example.com' })

function isOrigin(origin: string): boolean {
  return origin === 'null' || (URL.canParse(origin) && new URL(origin).origin === origin)
}

const identityProvider = address({ canHavePath: true }).transform((text) => text.replace(/\/+$/, ''))
const credential = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'has a character that no such value has, such as a blank')

const signInVariables = {
  OIDC_ISSUER: identityProvider.optional(),
  OIDC_CLIENT_ID: credential.optional(),
  OIDC_CLIENT_SECRET: credential.optional(),
  OIDC_NAME: z.string().trim().min(1).max(40, 'must be a name of 40 characters at most').default('SSO'),
  GOOGLE_CLIENT_ID: credential.optional(),
  GOOGLE_CLIENT_SECRET: credential.optional(),
  GOOGLE_URL: identityProvider.optional(),
  KAKAO_CLIENT_ID: credential.optional(),
  KAKAO_CLIENT_SECRET: credential.optional(),
  KAKAO_URL: identityProvider.optional(),
  NAVER_CLIENT_ID: credential.optional(),
  NAVER_CLIENT_SECRET: credential.optional(),
  NAVER_URL: identityProvider.optional(),
  GITHUB_CLIENT_ID: credential.optional(),
  GITHUB_CLIENT_SECRET: credential.optional(),
  GITHUB_URL: identityProvider.optional(),
}

/** What each way to sign in elsewhere takes: all of them, or none. */
const SIGN_IN_SETS = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['KAKAO_CLIENT_ID', 'KAKAO_CLIENT_SECRET'],
  ['NAVER_CLIENT_ID', 'NAVER_CLIENT_SECRET'],
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
] as const

type SignInVariable = (typeof SIGN_IN_SETS)[number][number]
type SignInEnv = Partial<Record<SignInVariable | 'STUDIO_URL', string>>

/** Half a set is a mistake; and a provider sends people back to one address, which a request must not name. */
function checkSignIn(raw: SignInEnv, context: z.RefinementCtx): void {
  for (const names of SIGN_IN_SETS) {
    const given = names.filter((name) => raw[name])
    const missing = names.find((name) => !raw[name])
    if (given[0] === undefined) continue
    if (missing)
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: `must be set as well when ${given[0]} is`,
      })
    if (!raw.STUDIO_URL)
      context.addIssue({ code: 'custom', path: ['STUDIO_URL'], message: `must be set when ${given[0]} is` })
  }
}

const variables = z
  .object({
    PORT: port.default(3000),
    HOST: host.default('127.0.0.1'),
    STUDIO_URL: origin.optional(),
    STUDIO_DATA_DIR: z.string().min(1).default('./data'),
    STUDIO_NODE_NAME: z
      .string()
      .trim()
      .regex(/^[\w.:@-]{1,60}$/, 'must be 60 letters, digits and . : @ _ - at most')
      .optional(),
    STUDIO_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
    STUDIO_OWNER_EMAIL: z.email('must be an e-mail address').optional(),
    STUDIO_OWNER_PASSWORD: z.string().min(10, 'needs at least 10 characters').optional(),
    FLAMEL_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'has a character that no key has, such as a blank or a line break')
      .optional(),
    FLAMEL_API_URL: address({ canHavePath: true }).default('https://beta.flamel.app'),
    FLAMEL_SLOTS: whole(1, 64).optional(),
    FLAMEL_TIMEOUT_S: whole(1, 600).default(180),
    SANDBOX_PORT: port.default(4010),
    SANDBOX_URL: origin.optional(),
    DATABASE_URL: databaseAddress.optional(),
    DATABASE_DIRECT_URL: databaseAddress.optional(),
    DATABASE_WAIT_S: whole(0, 3600).default(90),
    TRUST_PROXY: flag.default('off'),
    STUDIO_TIME_ZONE: timeZone.default('Asia/Seoul'),
    STUDIO_QUEUE_WAIT_S: seconds.default(60),
    STUDIO_CORS_ORIGINS: origins.default([]),
    STUDIO_DISPATCHER: flag.default('on'),
    BACKUP_DIR: z.string().min(1).optional(),
    BACKUP_AT: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 03:30')
      .default('03:30'),
    BACKUP_KEEP: whole(1, 1000).default(14),
    BACKUP_S3_ENDPOINT: origin.optional(),
    BACKUP_S3_REGION: region.optional(),
    BACKUP_S3_ACCESS_KEY_ID: credential.optional(),
    BACKUP_S3_SECRET_ACCESS_KEY: credential.optional(),
    BACKUP_S3_PATH_STYLE: flag.optional(),
    STUDIO_DRAIN_WAIT_S: whole(0, 300).default(0),
    WORKER_PORT: port.optional(),
    SMTP_URL: smtpAddress.optional(),
    MAIL_FROM: sender.optional(),
    STORAGE_URL: storageUrl.optional(),
    STORAGE_CACHE_MB: whole(0, 10_000_000).default(2048),
    S3_ENDPOINT: origin.optional(),
    S3_REGION: region.default('us-east-1'),
    S3_ACCESS_KEY_ID: credential.optional(),
    S3_SECRET_ACCESS_KEY: credential.optional(),
    S3_PATH_STYLE: flag.optional(),
    ...signInVariables,
    METRICS_TOKEN: z
      .string()
      .min(16, 'needs at least 16 characters')
      .regex(/^[\x21-\x7e]+$/, 'has a character that no token has, such as a blank')
      .optional(),
    LOG_LEVEL: logLevel.default('info'),
  })
  .refine((raw) => raw.DATABASE_URL || !raw.DATABASE_DIRECT_URL, {
    path: ['DATABASE_DIRECT_URL'],
    message: 'needs DATABASE_URL, the address of the pooler, beside it',
  })
  .refine((raw) => !raw.SMTP_URL || raw.MAIL_FROM, {
    path: ['MAIL_FROM'],
    message: 'must be set when SMTP_URL is: the address that mails come from',
  })
  // a link must never begin with what a visitor's request says
  .refine((raw) => !raw.SMTP_URL || raw.STUDIO_URL || (isLoopback(raw.HOST) && raw.TRUST_PROXY === 'off'), {
    path: ['STUDIO_URL'],
    message:
      'must be set when SMTP_URL is and others than this machine are served: links in mails begin with it',
  })
  .superRefine(checkSignIn)
  .superRefine(checkStorage)
  .superRefine(checkBackup)
  .transform((raw) => ({ ...raw, dataDir: path.resolve(raw.STUDIO_DATA_DIR) }))

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

/** An address in its parts: scheme, name with port, path, and what an address of a server does not have. */
const ADDRESS = /^([a-z][a-z\d+.-]*):\/\/([^/\\?#]*)([^?#]*)([?#].*)?$/i
const LABEL = '[a-z\\d_]([a-z\\d_-]*[a-z\\d])?'
const NAME = new RegExp(`^(\\[[\\da-f:.]+\\]|${LABEL}(\\.${LABEL})*)$`, 'i')

/** What keeps a text from being the address of a server; undefined when nothing does. */
function faultOf(text: string, { canHavePath }: { canHavePath: boolean }): string | undefined {
  const rule = 'must be an address such as https://studio.example.com'
  const [, scheme = '', place = '', path = '', rest] = ADDRESS.exec(text) ?? []
  if (!/^https?$/i.test(scheme)) return `${rule}, with http:// or https:// in front`
  if (place.includes('@')) return `${rule}, without a user or a password in it`
  if (rest) return `${rule}, without a query or a fragment (${rest})`
  if (!canHavePath && !/^\/?$/.test(path)) return `${rule}, without a path (${path})`
  const isWhole = URL.canParse(text) && NAME.test(new URL(text).hostname) && !/[:\s]$/.test(place)
  return isWhole && !/\s/.test(text) ? undefined : rule
}

export type Env = z.infer<typeof variables>

/** The configuration (docs/configuration), or one sentence naming the variable that is wrong. An empty value counts as unset. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = variables.safeParse(present)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${issue?.path.join('.') || 'The configuration'} ${issue?.message ?? 'is wrong'}.`)
}

/** The address under which this machine reaches a server that listens on `host`. */
export function addressOf({ HOST, PORT }: Pick<Env, 'HOST' | 'PORT'>): string {
  const isAnywhere = ['127.0.0.1', '0.0.0.0', '::', '0:0:0:0:0:0:0:0'].includes(HOST)
  const name = isAnywhere ? 'localhost' : isIP(HOST) === 6 ? `[${HOST}]` : HOST
  return `http://${name}:${PORT}`
}

/** The configuration of this process, read once. */
export const env = () => shared('env', () => parseEnv(process.env))
