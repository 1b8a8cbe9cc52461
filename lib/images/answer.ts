import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { decide, type Answer } from '@/lib/images/bytes'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { isAppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { openBlob } from '@/lib/platform/storage'

/** Answers an image's address ahead of Next; false leaves the request alone. */
export function answerImage(request: IncomingMessage, response: ServerResponse): boolean {
  if (!request.url?.startsWith('/i/')) return false
  void send(request, response)
  return true
}

/** The same as a route handler's answer, where nothing stands ahead of Next. */
export async function imageResponse(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const header = (name: string) => request.headers.get(name) ?? undefined
  const { status, headers, body } = await safely(() =>
    decide({
      method: request.method,
      url: pathname + search,
      headers: {
        cookie: header('cookie'),
        forwardedProto: header('x-forwarded-proto'),
        apiKey: header('x-api-key'),
        ifNoneMatch: header('if-none-match'),
        ifRange: header('if-range'),
        range: header('range'),
      },
    }),
  )
  return new Response(await toWeb(body), {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  })
}

async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '', headers: sent } = request
  const apiKey = sent['x-api-key']
  const { status, headers, body } = await safely(() =>
    decide({
      method,
      url,
      headers: {
        cookie: sent.cookie,
        forwardedProto: sent['x-forwarded-proto']?.toString(),
        apiKey: Array.isArray(apiKey) ? apiKey[0] : apiKey,
        ifNoneMatch: sent['if-none-match'],
        ifRange: typeof sent['if-range'] === 'string' ? sent['if-range'] : undefined,
        range: sent.range,
      },
    }),
  )
  response.writeHead(status, headers)
  if (body === null || Buffer.isBuffer(body)) return void response.end(body ?? undefined)
  await openBlob(body.blob, body.range)
    .then((bytes) => pipeline(bytes, response))
    .catch(() => response.destroy()) // the reader or the bytes are gone
}

async function safely(answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer()
  } catch (error) {
    const headers = { 'cache-control': 'no-store', 'content-length': 0 }
    if (isDatabaseGone(error)) return { status: 503, headers: { ...headers, 'retry-after': 5 }, body: null }
    if (isAppError(error)) {
      const retryAfter = { 'retry-after': error.retryAfterS ?? 5 }
      return { status: error.status, headers: { ...headers, ...retryAfter }, body: null }
    }
    log.error('images.bytes_failed', { error })
    return { status: 500, headers, body: null }
  }
}

async function toWeb(body: Answer['body']): Promise<BodyInit | null> {
  if (body === null) return null
  if (Buffer.isBuffer(body)) return new Uint8Array(body)
  // Node's web streams and the DOM's have the same shape under two names
  return Readable.toWeb(await openBlob(body.blob, body.range)) as ReadableStream<Uint8Array>
}
