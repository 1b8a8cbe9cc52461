import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLoopbackHost } from '@/lib/access/origin'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { getReadiness } from '@/lib/system/health'
import { renderMetrics } from '@/lib/system/metrics'

type Answer = { status: number; type: string; body: string }

const LOOPBACK = new Set(['127.0.0.1', '::1'])

/** What whoever runs the studio asks, of a process with pages and of a worker. */
const ANSWERS: Record<string, (request: IncomingMessage) => Promise<Answer>> = {
  '/livez': async () => json(200, { status: 'alive' }),
  '/readyz': answerReadiness,
  '/metrics': answerMetrics,
}

/** Answers ahead of Next, which has no part in it; false leaves the request alone. */
export function answerOperations(request: IncomingMessage, response: ServerResponse): boolean {
  const answer = ANSWERS[request.url?.split('?')[0] ?? '']
  if (!answer) return false
  send(request, response, answer).catch((error: unknown) => {
    log.error('operations.unexpected', { error })
    response.destroy()
  })
  return true
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: IncomingMessage) => Promise<Answer>,
): Promise<void> {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead) return void response.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store' }).end()
  const { status, type, body } = await answer(request)
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function answerReadiness(): Promise<Answer> {
  const readiness = await getReadiness()
  return json(readiness.status === 'ready' ? 200 : 503, readiness)
}

async function answerMetrics(request: IncomingMessage): Promise<Answer> {
  const refusal = refusalOf(request)
  if (refusal) return json(refusal.status, refusal.body)
  return { status: 200, ...(await renderMetrics()) }
}

/** Counts are business data: whoever has METRICS_TOKEN may read them, or where there is none, this machine alone. */
function refusalOf(request: IncomingMessage): { status: number; body: object } | null {
  const token = env().METRICS_TOKEN
  if (token === undefined) {
    if (isFromThisMachine(request)) return null
    return { status: 403, body: { problem: 'Set METRICS_TOKEN, or ask from this machine itself.' } }
  }
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  return timingSafeEqual(tokenHash(given), tokenHash(token))
    ? null
    : { status: 401, body: { problem: 'Send METRICS_TOKEN: Authorization: Bearer …' } }
}

/**
 * A reverse proxy on the same machine also comes from loopback, so that alone proves nothing. Nothing may say that there is
 * one: neither the configuration nor a header, as it was received (scripts/security-headers forgets what nobody vouches for).
 */
function isFromThisMachine({ socket, headers, rawHeaders }: IncomingMessage): boolean {
  const { TRUST_PROXY, STUDIO_URL } = env()
  const isBehindProxy =
    TRUST_PROXY === 'on' ||
    (STUDIO_URL !== undefined && !isLoopbackHost(new URL(STUDIO_URL).host)) ||
    rawHeaders.some((name, at) => at % 2 === 0 && /^(x-forwarded-|x-real-ip$|forwarded$|via$)/i.test(name))
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return !isBehindProxy && LOOPBACK.has(peer) && isLoopbackHost(headers.host ?? null)
}

const tokenHash = (token: string) => createHash('sha256').update(token).digest()

const json = (status: number, body: object): Answer => ({
  ...{ status, type: 'application/json' },
  body: JSON.stringify(body),
})
