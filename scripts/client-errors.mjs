// @ts-check
// What is no request as HTTP has it is answered by Node before anybody of us sees it: here with our headers.
import { BARE_HEAD, setSecurityHeaders } from './security-headers.mjs'

/** Node's own choice (node/lib/_http_server.js), by the parser's code; everything else is a 400. */
const STATUSES = /** @type {Record<string, string>} */ ({
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
})

/**
 * @param {import('node:http').Server} server
 * @param {Parameters<typeof setSecurityHeaders>[2]} options
 */
export function answerClientErrors(server, options) {
  server.on('clientError', (/** @type {NodeJS.ErrnoException} */ error, socket) => {
    // an answer that has begun must not be mixed with this one
    const begun = Reflect.get(socket, '_httpMessage')?.headersSent
    if (socket.writable && !begun)
      socket.write(
        `HTTP/1.1 ${STATUSES[error.code ?? ''] ?? '400 Bad Request'}\r\n${BARE_HEAD}Connection: close\r\n\r\n`,
      )
    socket.destroy(error)
  })
  server.on('checkExpectation', (request, response) => {
    setSecurityHeaders(request, response, options)
    response.writeHead(417).end()
  })
}

/** Whether a request of HTTP/1.1 says for which host it is, as it must. @param {import('node:http').IncomingMessage} request */
export const namesItsHost = ({ httpVersionMinor, headers }) =>
  httpVersionMinor < 1 || headers.host !== undefined
