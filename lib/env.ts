import path from 'node:path'
import { z } from 'zod'
import { shared } from '@/lib/shared'

const port = z.coerce.number().int().min(0).max(65535)
const flag = z.enum(['on', 'off'])
const seconds = z.coerce.number().int().min(1).max(3600)
const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    message: 'is not a time zone name such as Asia/Seoul',
  })

const variables = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    STUDIO_URL: z.url({ protocol: /^https?$/ }).optional(),
    STUDIO_DATA_DIR: z.string().min(1).default('./data'),
    STUDIO_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
    STUDIO_OWNER_EMAIL: z.email().optional(),
    STUDIO_OWNER_PASSWORD: z.string().min(10, 'needs at least 10 characters').optional(),
    FLAMEL_API_KEY: z.string().min(1).optional(),
    FLAMEL_API_URL: z.url({ protocol: /^https?$/ }).default('https://beta.flamel.app'),
    FLAMEL_SLOTS: z.coerce.number().int().min(1).max(64).optional(),
    FLAMEL_TIMEOUT_S: z.coerce.number().int().min(1).max(600).default(180),
    SANDBOX_PORT: port.default(4010),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
      .optional(),
    TRUST_PROXY: flag.default('off'),
    STUDIO_TIME_ZONE: timeZone.default('Asia/Seoul'),
    STUDIO_QUEUE_WAIT_S: seconds.default(60),
    STUDIO_DISPATCHER: flag.default('on'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .transform((raw) => ({ ...raw, dataDir: path.resolve(raw.STUDIO_DATA_DIR) }))

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

/** The configuration of this process, read once. */
export const env = () => shared('env', () => parseEnv(process.env))
