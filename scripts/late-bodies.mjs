// @ts-check
// What a client still sends after its answer: read and thrown away, within limits, so that the answer reaches it.

const LIMIT_BYTES = 64 * 1024 * 1024
const LIMIT_MS = 30_000
const LOOK_MS = 250

/**
 * A client may read only after it has sent everything. Without this its unread bytes fill the connection, or closing
 * resets it, and the answer (413, 401, 415 …) is never seen.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function outliveBody(request, response) {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers
  if (length === '0' && !coding) return
  keepConnection(request, response)
  response.prependOnceListener('finish', () => {
    if (!request.complete) discard(request)
  })
}

/**
 * A reader that stops half-way destroys the request, and with it the connection before the answer is out.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function keepConnection(request, response) {
  const { socket, destroy } = request
  // Node's streams take the socket away from a request before they destroy it
  Object.defineProperty(request, 'socket', { get: () => socket, set: () => {} })
  request.destroy = (error) => {
    const isRead = request.complete && request.readableEnded
    return isRead || socket.destroyed || response.destroyed ? destroy.call(request, error) : request
  }
  const destroySoon = socket.destroySoon.bind(socket)
  socket.destroySoon = () => {
    if (request.complete || socket.destroyed) return destroySoon()
    // what Node calls after an answer with `Connection: close`: this side ends, the other is still heard
    socket.end()
  }
}

/** @param {import('node:http').IncomingMessage} request */
function discard(request) {
  const { socket } = request
  Object.assign(request, { _dump: () => {} }) // Node's own, called next, throws away where nobody can count
  const startedAt = performance.now()
  const from = socket.bytesRead
  const look = () => {
    const isOver = performance.now() - startedAt > LIMIT_MS || socket.bytesRead - from > LIMIT_BYTES
    if (isOver) socket.destroy()
  }
  const watch = setInterval(look, LOOK_MS) // for one that sends nothing more
  const stop = () => clearInterval(watch)
  socket.once('close', stop)
  request.once('end', stop)
  request.removeAllListeners('readable')
  request.removeAllListeners('data')
  setImmediate(() => request.on('data', look).resume())
}

/**
 * `Expect: 100-continue`: the client is told to go on when the first byte is wanted; a refusal before that spares it
 * the sending.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function continueWhenRead(request, response) {
  const read = request._read
  response.shouldKeepAlive = false // of an unread body nobody knows where the next request begins
  request._read = function (size) {
    request._read = read
    if (!response.headersSent) {
      response.writeContinue()
      response.shouldKeepAlive = true
    }
    return read.call(this, size)
  }
}
