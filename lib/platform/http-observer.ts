import 'server-only'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { metrics } from '@/lib/platform/metrics'
import { runInRequest } from '@/lib/platform/request-context'
import { shapeOf, surfaceOf } from '@/lib/platform/request-shape'

/** What an id of another program may look like: it is written into every line of this request. */
const SAFE_ID = /^[A-Za-z0-9_-]{8,64}$/

/**
 * Runs `work` for a request: gives it an id, which every line of the log and the answer carry, and counts and measures
 * the answer. A proxy that is trusted may name the request; everybody else's name is ignored.
 */
export function observeRequest(request: IncomingMessage, response: ServerResponse, work: () => void): void {
  const given = request.headers['x-request-id']
  const isNamed = env().TRUST_PROXY === 'on' && typeof given === 'string' && SAFE_ID.test(given)
  const id = isNamed ? given : randomUUID()
  response.setHeader('x-request-id', id)
  const startedAt = performance.now()
  runInRequest({ id }, () => {
    response.once('close', () =>
      runInRequest({ id }, () => note(request, response, performance.now() - startedAt)),
    )
    work()
  })
}

function note({ url = '', method = '' }: IncomingMessage, response: ServerResponse, ms: number): void {
  const surface = surfaceOf(url)
  const { statusCode: status, writableFinished: isWhole } = response
  // how long a stream of events stays open says nothing of how fast anything is
  if (surface !== 'events')
    metrics().requests.observe({ surface, status: `${Math.floor(status / 100)}xx` }, ms / 1_000)
  const made = String(response.getHeader('x-studio-generation') ?? '') || undefined
  const line = {
    method,
    path: shapeOf(url),
    status,
    ms: Math.round(ms),
    ...(!isWhole && { cut: true }),
    generation: made,
  }
  if (status >= 500 && surface !== 'operations') log.warn('http.request', line)
  else log.debug('http.request', line)
}
