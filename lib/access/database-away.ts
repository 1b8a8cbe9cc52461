import 'server-only'
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readCookie } from '@/lib/access/session'
import { isLocale, LOCALE_COOKIE, localeFrom } from '@/lib/i18n/locales'
import { loadMessages } from '@/lib/i18n/messages'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { isLive } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { noteDatabaseAway, wasDatabaseAway } from '@/lib/platform/request-context'
import { shared } from '@/lib/platform/shared'
import { withinTime } from '@/lib/platform/time-limit'

const LIMIT_MS = 3_000
/** How long an answer of the database stands for pages, while the LISTEN connection is not seen to break. */
const ANSWERED_MS = 1_000
const RETRY_AFTER_S = 5
const STYLE =
  'html{color-scheme:dark light;font:1rem/1.6 system-ui,sans-serif}body{max-width:32rem;margin:30vh auto 0;padding:0 1.5rem}h1{font-size:1.25rem}'
const NOT_A_PAGE = /^\/(api|i|_next)\/|^\/s\/[^/]+\/(?!unlock$)/

/** Answers a page with 503 while the database is away, ahead of Next, whose error page is a 500. False: not a page. */
export function answerDatabaseAway(
  request: IncomingMessage,
  response: ServerResponse,
): false | Promise<boolean> {
  if (NOT_A_PAGE.test(request.url?.split('?')[0] ?? '')) return false
  return answerUnlessThere(request, response)
}

/** What a page did not catch, before Next answers. */
export function noteRequestError(error: unknown): void {
  if (isDatabaseGone(error)) noteDatabaseAway()
}

async function answerUnlessThere(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (await isThere()) {
    sayAwayIfItGoes(response)
    return false
  }
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(RETRY_AFTER_S),
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'`,
  })
  response.end(request.method === 'HEAD' ? undefined : await page(request))
  return true
}

/** It may go while Next makes the page: Next's own error page says that too. */
function sayAwayIfItGoes(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response)
  response.writeHead = (status: number, ...rest: never[]) => {
    if (status !== 500 || !wasDatabaseAway()) return writeHead(status, ...rest)
    response.setHeader('retry-after', String(RETRY_AFTER_S))
    return writeHead(503, ...rest)
  }
}

const last = () => shared('pages.database', () => ({ answeredAt: 0 }))

/**
 * Pages do not ask the database each when its LISTEN connection, which breaks when it goes, is seen to live. Of a
 * database that hangs that connection knows only after seconds, and of a pooler in front of it nothing: so each page
 * asks where there is a pooler, and one a second where there is none.
 */
async function isThere(): Promise<boolean> {
  const known = last()
  const isProof = isLive() && env().DATABASE_DIRECT_URL === undefined
  if (isProof && Date.now() - known.answeredAt < ANSWERED_MS) return true
  const isAnswered = await answers()
  known.answeredAt = isAnswered ? Date.now() : 0
  return isAnswered
}

/** A database that hangs is away too. */
async function answers(): Promise<boolean> {
  const asked = db().$queryRaw`SELECT 1`.then(
    () => true,
    (error: unknown) => {
      log.warn('pages.database_away', { error })
      return false
    },
  )
  return (await withinTime(LIMIT_MS, asked)) ?? false
}

async function page({ headers }: IncomingMessage): Promise<string> {
  const chosen = readCookie(new Headers({ cookie: headers.cookie ?? '' }), LOCALE_COOKIE)
  const locale = isLocale(chosen) ? chosen : localeFrom(headers['accept-language'] ?? null)
  const { common } = await loadMessages(locale, ['common'])
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${RETRY_AFTER_S}"><title>${common?.databaseAway.title}</title><style>${STYLE}</style></head><body><main><h1>${common?.databaseAway.title}</h1><p>${common?.databaseAway.text}</p></main></body></html>`
}
