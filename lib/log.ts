import 'server-only'
import { env } from '@/lib/env'

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
type Level = Exclude<(typeof levels)[number], 'silent'>

/** One JSON line per event on stderr. Pass ids and codes, never bodies, keys or prompts. */
function write(level: Level, event: string, fields: Record<string, unknown> = {}) {
  if (levels.indexOf(level) < levels.indexOf(env().LOG_LEVEL)) return
  const { error, ...rest } = fields
  const failure = error === undefined ? {} : { error: describe(error) }
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), level, event, ...rest, ...failure })}\n`,
  )
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? ` <- ${error.cause.message}` : ''
  return `${error.stack ?? error.message}${cause}`
}

export const log = {
  debug: (event: string, fields?: Record<string, unknown>) => write('debug', event, fields),
  info: (event: string, fields?: Record<string, unknown>) => write('info', event, fields),
  warn: (event: string, fields?: Record<string, unknown>) => write('warn', event, fields),
  error: (event: string, fields?: Record<string, unknown>) => write('error', event, fields),
}
