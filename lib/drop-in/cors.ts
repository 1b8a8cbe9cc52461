import 'server-only'
import { env } from '@/lib/platform/env'

const HEADERS =
  'Content-Type, Idempotency-Key, X-Api-Key, X-Platform, X-Request-Id, X-Studio-Visibility, X-Type'
const EXPOSED = 'Retry-After, X-Studio-Budget, X-Studio-Error-Source, X-Studio-Generation'
const KEPT_S = 600

/** Lets pages of the listed origins (STUDIO_CORS_ORIGINS) read the answer. Never with cookies: they bring a key. */
export function withCors(request: Request, response: Response): Response {
  response.headers.append('vary', 'origin')
  const origin = request.headers.get('origin')
  if (origin === null || !env().STUDIO_CORS_ORIGINS.includes(origin)) return response
  response.headers.set('access-control-allow-origin', origin)
  response.headers.set('access-control-expose-headers', EXPOSED)
  return response
}

/** What a browser asks before it sends a key. */
export function answerPreflight(request: Request): Response {
  const response = withCors(request, new Response(null, { status: 204 }))
  if (!response.headers.has('access-control-allow-origin')) return response
  response.headers.set('access-control-allow-methods', 'GET, POST')
  response.headers.set('access-control-allow-headers', HEADERS)
  response.headers.set('access-control-max-age', String(KEPT_S))
  return response
}
