import 'server-only'
import { env } from '@/lib/platform/env'
import { areaOf, isWritten, parseLevels, type LevelName } from '@/lib/platform/log-levels'
import { metrics } from '@/lib/platform/metrics'
import { currentRequestId } from '@/lib/platform/request-context'
import { shared } from '@/lib/platform/shared'

type Level = Exclude<LevelName, 'silent'>

const QUIET_MS = 30_000
const REMEMBERED = 500

/** What was said of late, word for word, and how often since: a disk or a database that is away must not fill the disk. */
const said = () => shared('log.said', () => new Map<string, { at: number; again: number }>())

const levels = () =>
  shared('log.levels', () => parseLevels(env().LOG_LEVEL) ?? { default: 'info' as const, areas: {} })

/**
 * One JSON line per event on stderr, with the id of the request that it belongs to; the same one at most every 30 s.
 * Pass ids and codes, never bodies, keys or prompts.
 */
function write(level: Level, event: string, fields: Record<string, unknown> = {}) {
  if (!isWritten(level, event, levels())) return
  metrics().lines.inc({ level })
  const { error, ...rest } = fields
  const failure = error === undefined ? {} : { error: describe(error) }
  const again = repetitions(JSON.stringify([level, event, rest, failure]))
  if (again === null) return
  const repeated = again > 0 ? { repeated: again } : {}
  const head = {
    at: new Date().toISOString(),
    level,
    area: areaOf(event),
    event,
    request: currentRequestId(),
  }
  process.stderr.write(`${JSON.stringify({ ...head, ...rest, ...failure, ...repeated })}\n`)
}

/** How often the line was left out since it was last written; null when it is left out now. */
function repetitions(line: string): number | null {
  const before = said().get(line)
  if (before && Date.now() - before.at < QUIET_MS) {
    before.again += 1
    return null
  }
  if (said().size >= REMEMBERED) said().clear()
  said().set(line, { at: Date.now(), again: 0 })
  return before?.again ?? 0
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
