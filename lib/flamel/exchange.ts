import http from 'node:http'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { NotSentReason, Timeouts, Upstream } from '@/lib/flamel/client'
import { openConnection } from '@/lib/flamel/connection'

export type BrokenReason =
  | 'timeout_headers'
  | 'timeout_idle'
  | 'timeout_total'
  | 'reset'
  | 'cut_body'
  | 'malformed'
  | 'too_large'
  | 'sink_failed'
  | 'aborted'

export type Head = { status: number; headers: http.IncomingHttpHeaders; sentAt: Date }

export type Exchange =
  | { kind: 'not_sent'; reason: NotSentReason }
  | { kind: 'broken'; reason: BrokenReason; status?: number; sentAt: Date; receivedAt: Date }
  | ({ kind: 'answered'; receivedAt: Date } & Head)

export type Call = {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string | undefined>
  body?: Buffer
  timeouts: Timeouts
  signal: AbortSignal
  maxBytes: number
  /** Where the answer's body goes. */
  sink: (head: Head) => Writable | Promise<Writable>
  onSent?: (sentAt: Date) => void
}

/**
 * One request on one connection of its own: no reuse, no redirect, no second attempt. Resolves, never rejects, for
 * whatever the network does; says whether the request can have left, and how far the answer came.
 */
export async function exchange(upstream: Upstream, call: Call): Promise<Exchange> {
  const started = Date.now()
  const url = new URL(upstream.baseUrl.replace(/\/+$/, '') + call.path)
  const connection = await openConnection(url, { connectMs: call.timeouts.connectMs, signal: call.signal })
  if (connection.kind === 'not_sent') return { kind: 'not_sent', reason: connection.reason }
  const { socket } = connection
  if (call.signal.aborted) {
    socket.destroy()
    return { kind: 'not_sent', reason: 'aborted' }
  }
  let request: http.ClientRequest
  try {
    request = http.request({
      method: call.method,
      path: url.pathname + url.search,
      headers: headersOf(url, upstream, call),
      createConnection: () => socket,
    })
  } catch {
    socket.destroy() // a header that HTTP cannot carry
    return { kind: 'not_sent', reason: 'local' }
  }
  const watch = new Watch(call, socket, started)
  const sentAt = new Date()
  try {
    call.onSent?.(sentAt)
    return await converse(request, { call, watch, sentAt })
  } finally {
    watch.end()
    socket.destroy()
  }
}

type Context = { call: Call; watch: Watch; sentAt: Date }

async function converse(request: http.ClientRequest, { call, watch, sentAt }: Context): Promise<Exchange> {
  const answer = await firstAnswer(request, call.body)
  if (answer instanceof Error) {
    const reason = watch.reason ?? (isParseError(answer) ? 'malformed' : 'reset')
    return { kind: 'broken', reason, sentAt, receivedAt: new Date() }
  }
  const head: Head = { status: answer.statusCode ?? 0, headers: answer.headers, sentAt }
  watch.begin(answer)
  const broken = (reason: BrokenReason): Exchange => {
    return {
      kind: 'broken',
      reason: watch.reason ?? reason,
      status: head.status,
      sentAt,
      receivedAt: new Date(),
    }
  }
  const sink = await openSink(call, head)
  if (!sink) return broken('sink_failed')
  let receivedAt = new Date()
  let sinkFailed = false
  answer.once('end', () => (receivedAt = new Date()))
  sink.once('error', () => (sinkFailed = !answer.destroyed))
  try {
    await pipeline(answer, sink)
  } catch (error) {
    if (sinkFailed) return broken('sink_failed')
    return broken(isParseError(error) ? 'malformed' : 'cut_body')
  }
  return answer.complete ? { kind: 'answered', receivedAt, ...head } : broken('cut_body')
}

async function openSink(call: Call, head: Head): Promise<Writable | null> {
  try {
    return await call.sink(head)
  } catch {
    return null
  }
}

function firstAnswer(request: http.ClientRequest, body?: Buffer): Promise<http.IncomingMessage | Error> {
  return new Promise((resolve) => {
    request.once('response', resolve)
    request.on('error', resolve)
    request.once('close', () => resolve(new Error('closed')))
    request.end(body)
  })
}

/** Keeps the time limits and the caller's signal; the first to strike names the reason and breaks the connection. */
class Watch {
  reason?: BrokenReason
  readonly #call: Call
  readonly #socket: { destroy(): unknown }
  readonly #total: NodeJS.Timeout
  #waiting: NodeJS.Timeout
  readonly #onAbort = () => this.#strike('aborted')

  constructor(call: Call, socket: { destroy(): unknown }, started: number) {
    this.#call = call
    this.#socket = socket
    const { headersMs, totalMs } = call.timeouts
    this.#waiting = setTimeout(() => this.#strike('timeout_headers'), headersMs)
    this.#total = setTimeout(() => this.#strike('timeout_total'), Math.max(0, started + totalMs - Date.now()))
    call.signal.addEventListener('abort', this.#onAbort)
    if (call.signal.aborted) this.#strike('aborted')
  }

  begin(answer: http.IncomingMessage): void {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.#strike('timeout_idle'), this.#call.timeouts.idleMs)
    let bytes = 0
    answer.on('data', (chunk: Buffer) => {
      this.#waiting.refresh()
      bytes += chunk.length
      if (bytes > this.#call.maxBytes) this.#strike('too_large')
    })
    answer.pause()
  }

  end(): void {
    clearTimeout(this.#waiting)
    clearTimeout(this.#total)
    this.#call.signal.removeEventListener('abort', this.#onAbort)
  }

  #strike(reason: BrokenReason): void {
    this.reason ??= reason
    this.#socket.destroy()
  }
}

function headersOf(url: URL, upstream: Upstream, call: Call): Record<string, string | number> {
  const headers: Record<string, string | number> = {
    Host: url.host,
    'X-Api-Key': upstream.apiKey,
    Accept: 'application/json',
    'Accept-Encoding': 'identity',
    'User-Agent': 'flamel-studio',
    ...(call.body && { 'Content-Length': call.body.length }),
  }
  for (const [name, value] of Object.entries(call.headers)) if (value !== undefined) headers[name] = value
  return headers
}

function isParseError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_')
}
