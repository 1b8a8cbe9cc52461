import 'server-only'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate, setTimeout as delay } from 'node:timers/promises'
import { createImage, type Delivery } from '@/lib/drop-in/server'
import { log } from '@/lib/platform/log'

/** How long the last byte is held back, so that a client nearby that breaks off just before it is heard first. */
const HOLD_MS = 2
/** A client that was gone before the last byte reached it answers with a reset, which may come after its close. */
const RESET_MS = 100
/** A client that has not closed by then waits for this side to do so. */
const CLOSES_FIRST_MS = 1_000
/** Part of no message; it is written to a client that has closed, so nobody reads it. */
const BLANK_LINE = '\r\n'
/** Without a byte taken for so long, nor the connection closed, the client is no longer counted on. */
const SILENCE_MS = 20_000

/** The client is gone; whether it had all of it may be known a little later. In an object, so that nobody waits for that. */
type Delivered = { isTaken: boolean | Promise<boolean> }

/** Answers POST /api/images/create ahead of Next, which hides how a connection ends; false leaves the request alone. */
export function answerDropIn(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'POST' || request.url?.split('?')[0] !== '/api/images/create') return false
  serve(request, response).catch((error: unknown) => {
    log.error('drop_in.unexpected', { error })
    response.destroy()
  })
  return true
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const { settle, ...answer } = await createImage(toWebRequest(request, gone.signal))
  if (settle) await settle((await deliver(answer, response)).isTaken)
  else await send(answer.response, response)
}

function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    [value].flat().join(', '),
  ])
  // Node's and the DOM's ReadableStream are the same object under two names; the DOM's type does not know `duplex`
  const body = Readable.toWeb(request) as ReadableStream
  const init = { method: 'POST', headers, body, signal, duplex: 'half' } as RequestInit // as above
  return new Request('http://localhost/api/images/create', init)
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
}

/**
 * Sends the answer and tells whether the client took the last byte. That the kernel took it proves nothing: so this side
 * stays open, and the client's own orderly close after it is the proof, if no reset follows. A client that ends with
 * unread bytes makes its kernel send one (docs/decisions/answered-means-taken).
 */
async function deliver(
  { response: answer, isCommitted }: Omit<Delivery, 'settle'>,
  response: ServerResponse,
): Promise<Delivered> {
  const { socket } = response
  if (!socket) {
    await answer.body?.cancel() // closes the file that it has opened
    return { isTaken: false }
  }
  const close = keepOpen(socket)
  const isBroken = new Promise<boolean>((resolve) => socket.once('close', () => resolve(false)))
  const isLeft = new Promise<boolean>((resolve) => socket.once('end', () => resolve(false)))
  socket.setTimeout(SILENCE_MS, () => socket.destroy())
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    connection: 'close',
    'x-accel-buffering': 'no',
  })
  try {
    const last = await writeAllButLastByte(answer, response)
    await new Promise((resolve) => response.write('', resolve)) // everything is with the kernel
    socket.setTimeout(0) // now the client waits for us
    const isDue = Promise.all([isCommitted, delay(HOLD_MS)]).then(([isSure]) => isSure !== false)
    if (!(await Promise.race([isDue, isBroken, isLeft])))
      throw new Error('The client left, or the answer was not committed.')
    socket.setTimeout(SILENCE_MS)
    await setImmediate() // after a timer, what the connection has to say is heard first
    if (socket.readableEnded) throw new Error('The client closed before the last byte.')
    const isWritten = new Promise<void>((resolve) => response.end(last, resolve))
    const hasLength = response.chunkedEncoding || answer.headers.has('content-length') // else the close is its end
    const closing = setTimeout(close, hasLength ? CLOSES_FIRST_MS : 0)
    const isClosed = once(socket, 'end').finally(() => clearTimeout(closing))
    const isInOrder = Promise.all([isWritten, isClosed]).then(() => true)
    if (await Promise.race([isInOrder, isBroken])) return { isTaken: staysClosed(socket) }
  } catch (error) {
    log.info('drop_in.client_gone', { error })
  }
  socket.destroy()
  return { isTaken: false }
}

/** Node closes this side when the client has closed, and after a last answer. Now only what is returned does. */
function keepOpen(socket: Socket): () => void {
  const close = socket.end.bind(socket)
  socket.end = () => socket
  socket.destroySoon = () => {}
  return close
}

/** Whether no reset follows the client's close. Where this side closed first, that the client did so after it is enough. */
async function staysClosed(socket: Socket): Promise<boolean> {
  if (socket.writableEnded) return true
  await delay(RESET_MS)
  const isTaken = await new Promise<boolean>((resolve) =>
    socket.write(BLANK_LINE, (error) => resolve(!error)),
  )
  socket.destroy()
  return isTaken
}

async function writeAllButLastByte(answer: Response, response: ServerResponse): Promise<Uint8Array> {
  let last: Uint8Array = new Uint8Array()
  async function* heldBack(source: AsyncIterable<Uint8Array>) {
    for await (const piece of source) {
      if (piece.length === 0) continue
      if (last.length > 0) yield last
      yield piece.subarray(0, -1)
      last = piece.subarray(-1)
    }
  }
  if (answer.body) await pipeline(answer.body, heldBack, response, { end: false })
  return last
}
