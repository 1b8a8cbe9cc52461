import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { afterEach } from 'vitest'

export type Handler = (socket: net.Socket, received: string) => void
export type Peer = { url: string; port: number; connections: number; received: string[]; server: net.Server }
const peers: Peer[] = []
afterEach(() => {
  for (const { server } of peers.splice(0)) server.close()
})

/** A server of its own for one fault: `onRequest` is called once, when the whole request has come. */
export async function peer(onRequest: Handler, onConnect?: (socket: net.Socket) => void): Promise<Peer> {
  const known: Peer = { url: '', port: 0, connections: 0, received: [], server: net.createServer() }
  peers.push(known)
  known.server.on('connection', (socket) => {
    known.connections += 1
    socket.on('error', () => {})
    onConnect?.(socket)
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString()
      if (!isWhole(received)) return
      known.received.push(received)
      onRequest(socket, received)
    })
  })
  await new Promise<void>((resolve) => known.server.listen(0, '127.0.0.1', resolve))
  const address = known.server.address()
  known.port = typeof address === 'object' && address ? address.port : 0
  known.url = `http://127.0.0.1:${known.port}`
  return known
}

function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
  return end >= 0 && Buffer.byteLength(received.slice(end + 4)) >= length
}

export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version']).status === 0
}

/** An https server with a certificate that nobody trusts. */
export async function secureServer(directory: string): Promise<{ port: number; requests: string[] }> {
  const [key, cert] = [path.join(directory, 'key.pem'), path.join(directory, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const options = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
  ]
  execFileSync('openssl', [...options, ...subject], { stdio: 'ignore' })
  const requests: string[] = []
  const server = tls.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => void requests.push(chunk.toString()))
  })
  server.on('tlsClientError', () => {})
  peers.push({ url: '', port: 0, connections: 0, received: [], server })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, requests }
}
