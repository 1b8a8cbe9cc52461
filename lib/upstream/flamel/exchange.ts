import 'server-only'
import http from 'node:http'
import type { Writable } from 'node:stream'
import { openConnection } from '@/lib/upstream/flamel/connection'
import { pace } from '@/lib/upstream/flamel/paced-socket'
import type { NotSentReason, Timeouts, Upstream } from '@/lib/upstream/outcome'

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
  sink: (head: Head) => Writable
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
  pace(socket)
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

/**
 * The answer is read from the very tick in which its head arrives: bytes that Node still holds for a reader are gone
 * when the connection breaks.
 */
function converse(request: http.ClientRequest, context: Context): Promise<Exchange> {
  const { call, watch, sentAt } = context
  return new Promise((resolve, reject) => {
    const broken = (error?: Error) => {
      const reason = watch.reason ?? (isParseError(error) ? 'malformed' : 'reset')
      resolve({ kind: 'broken', reason, sentAt, receivedAt: new Date() })
    }
    request.once('response', (answer) => {
      request
        .off('close', broken)
        .off('error', broken)
        .on('error', () => {})
      receive(answer, context).then(resolve, reject)
    })
    request.on('error', broken)
    request.once('close', broken)
    request.end(call.body)
  })
}

async function receive(answer: http.IncomingMessage, { call, watch, sentAt }: Context): Promise<Exchange> {
  const head: Head = { status: answer.statusCode ?? 0, headers: answer.headers, sentAt }
  watch.begin(answer)
  const { error, isSinkBroken, receivedAt } = await pour(answer, call.sink(head))
  if (!error && !isSinkBroken && answer.complete) return { kind: 'answered', receivedAt, ...head }
  const reason = isSinkBroken ? 'sink_failed' : isParseError(error) ? 'malformed' : 'cut_body'
  return { kind: 'broken', reason: watch.reason ?? reason, status: head.status, sentAt, receivedAt }
}

/** Chunks that are smaller than this on average are put together before they are written. */
const CHUNK_MIN_BYTES = 1024

/**
 * Every byte that came goes into the sink, also those before a break: `stream.pipeline` would drop what still waits.
 * What comes in one turn goes in one write: an answer may come in thousands of pieces of a byte.
 */
async function pour(answer: http.IncomingMessage, sink: Writable) {
  let isSinkBroken = false
  let waiting: Buffer[] = []
  const flush = () => {
    const chunks = together(waiting)
    waiting = []
    if (sink.destroyed) return
    sink.cork()
    for (const chunk of chunks) if (!sink.write(chunk)) answer.pause()
    sink.uncork()
  }
  sink.on('error', () => {
    isSinkBroken = true
    answer.destroy()
  })
  answer.on('data', (chunk: Buffer) => {
    if (waiting.push(chunk) === 1) setImmediate(flush)
  })
  sink.on('drain', () => answer.resume())
  const error = await new Promise<Error | null>((resolve) => {
    answer.once('end', () => resolve(null))
    answer.once('error', resolve)
    answer.once('close', () => resolve(new Error('closed')))
  })
  const receivedAt = new Date()
  flush()
  if (!sink.destroyed) await new Promise<void>((resolve) => sink.once('close', resolve).end())
  return { error, receivedAt, isSinkBroken }
}

/** The same bytes in as few chunks as go without copying them, or in one where they are small. */
function together(chunks: Buffer[]): Buffer[] {
  const joined: Buffer[] = []
  for (const chunk of chunks) {
    const last = joined.at(-1)
    const isNext = last?.buffer === chunk.buffer && last.byteOffset + last.length === chunk.byteOffset
    if (last && isNext)
      joined[joined.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + chunk.length)
    else joined.push(chunk)
  }
  const sizeBytes = chunks.reduce((sum, { length }) => sum + length, 0)
  return sizeBytes >= joined.length * CHUNK_MIN_BYTES ? joined : [Buffer.concat(joined)]
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
