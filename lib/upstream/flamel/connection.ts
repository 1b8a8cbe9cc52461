import 'server-only'
import net from 'node:net'
import tls from 'node:tls'
import type { NotSentReason } from '@/lib/upstream/outcome'

export type Connection = { kind: 'open'; socket: net.Socket } | { kind: 'not_sent'; reason: NotSentReason }

/**
 * A fresh connection, ready to be written to: connected and, over https, with the certificate checked. Until it is
 * returned nothing of a request can have left, so every failure here is proof that nothing was sent.
 */
export function openConnection(
  url: URL,
  { connectMs, signal }: { connectMs: number; signal: AbortSignal },
): Promise<Connection> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'not_sent', reason: 'aborted' })
    const secure = url.protocol === 'https:'
    const socket = secure ? tls.connect(addressOf(url, 443)) : net.connect(addressOf(url, 80))
    let connected = false
    const onConnect = () => (connected = true)
    const onReady = () => settle({ kind: 'open', socket })
    const onError = (error: Error) => fail(connected && secure ? 'tls' : reasonOf(error))
    const onClose = () => fail(connected && secure ? 'tls' : 'connection_refused')
    const onAbort = () => fail('aborted')
    const timer = setTimeout(() => fail('connect_timeout'), connectMs)
    const ready = secure ? 'secureConnect' : 'connect'
    signal.addEventListener('abort', onAbort)
    socket.once('connect', onConnect).once(ready, onReady).on('error', onError).once('close', onClose)

    function settle(connection: Connection) {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.off(ready, onReady).off('close', onClose).on('error', ignore).off('error', onError)
      if (connection.kind === 'not_sent') socket.destroy()
      resolve(connection)
    }
    function fail(reason: NotSentReason) {
      settle({ kind: 'not_sent', reason })
    }
  })
}

/** An error between two listeners must not end the process; whoever uses the socket next sees it closed. */
function ignore() {}

function addressOf(url: URL, defaultPort: number) {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: Number(url.port) || defaultPort,
    noDelay: true,
    // Two addresses of one host are tried one after the other; the default of 250 ms is too short across an ocean.
    autoSelectFamilyAttemptTimeout: 2000,
    ...(net.isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
  }
}

function reasonOf(error: Error): NotSentReason {
  switch ('code' in error ? error.code : undefined) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return 'dns'
    case 'ETIMEDOUT':
      return 'connect_timeout'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return 'unreachable'
    case 'EMFILE':
    case 'ENFILE':
      return 'local'
    default:
      return 'connection_refused'
  }
}
