import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import sharp from 'sharp'
import type { RecordingProxy } from '@/e2e/support/recording-proxy'
import { makeAnswer, makeImage, sendJson, type FakeUpstream } from '@/e2e/support/upstream'
import { waitUntil } from '@/scripts/processes.mjs'

/** When a client breaks off. */
export const CUTS = {
  'before the answer': { isLarge: true },
  'at its first byte': { isLarge: true },
  'in its middle': { isLarge: true },
  'just before its last byte': { isLarge: true },
  'with all of it unread in its kernel': { isLarge: false },
} as const
export type Cut = keyof typeof CUTS
export const cutNames = Object.keys(CUTS) as Cut[] // Object.keys forgets the names

const MIDDLE_BYTES = 1_000_000
const CLOSE_WAIT = '08'
const LOOPBACK = '0100007F' // of a little-endian machine

/** A drop-in request: `headers` with the key and the content type; `proxy` where `url` is a proxy's. */
export type Sent = {
  url: string
  body: string
  headers: Record<string, string>
  key?: string
  proxy?: RecordingProxy
}

let noise: Promise<Buffer> | undefined
const size = { width: 900, height: 900, channels: 3 as const }
const grain = { type: 'gaussian' as const, mean: 128, sigma: 60 }

/** Four images after 200 ms: more than kernels hold between two programs, or less. */
export function answerFourImages(upstream: FakeUpstream, { isLarge }: { isLarge: boolean }): void {
  noise ??= sharp({ create: { ...size, background: 'grey', noise: grain } })
    .webp({ lossless: true })
    .toBuffer()
  const large = noise
  upstream.calls = []
  upstream.answer = async ({ body }, response) => {
    const images = await Promise.all(Array.from({ length: 4 }, () => (isLarge ? large : makeImage())))
    const said = makeAnswer(body, images, { defaultCredit: 1, dailyCredit: 1, monthlyCredit: 1 })
    setTimeout(() => sendJson(response, 201, said), 200)
  }
}

const headersOf = ({ headers, key }: Sent) => ({ ...headers, ...(key && { 'idempotency-key': key }) })

/**
 * Asks and breaks off, of an upstream that answers with four images; resolves once the connection is gone, with what was
 * sent. Asks anew, for another body of `makeSent`, where all of the answer had come before it could break off: to itself, or
 * to the proxy, which then closed in order.
 */
export async function askAndCut(upstream: FakeUpstream, cut: Cut, makeSent: () => Sent): Promise<Sent> {
  for (;;) {
    answerFourImages(upstream, CUTS[cut])
    const sent = makeSent()
    if (cut === 'with all of it unread in its kernel') await askAndReadNothing(sent)
    else if (!(await isCutOff(sent, cut, () => upstream.calls.length === 1))) continue
    return sent
  }
}

async function isCutOff(sent: Sent, cut: Cut, isCalled: () => boolean): Promise<boolean> {
  const request = open(sent)
  const isGone = new Promise<void>((resolve) => request.once('close', resolve))
  const wholeBefore = sent.proxy?.counts.whole
  let response: http.IncomingMessage | undefined
  if (cut === 'before the answer') await until(isCalled)
  else
    await new Promise<void>((resolve) =>
      request.once('response', (got) => readTo((response = got), cut, resolve)),
    )
  request.destroy()
  await isGone
  if (response && response.statusCode !== 201) throw new Error(`It was answered with ${response.statusCode}.`)
  if (cut === 'just before its last byte') await until(() => !sent.proxy?.counts.underWay)
  return !response?.complete && sent.proxy?.counts.whole === wholeBefore
}

function open(sent: Sent): http.ClientRequest {
  const address = new URL('/api/images/create', sent.url)
  const request = http.request(address, { method: 'POST', headers: headersOf(sent), agent: false })
  request.on('error', () => {})
  request.end(sent.body)
  return request
}

async function askAndReadNothing(sent: Sent): Promise<void> {
  const { url, body } = sent
  const lines = { ...headersOf(sent), host: 'x', 'content-length': String(Buffer.byteLength(body)) }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`)
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1').pause()
  const isGone = new Promise((resolve) => socket.once('close', resolve))
  socket.write(`POST /api/images/create HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`)
  await until(() => tcpStateOf(socket) === CLOSE_WAIT)
  socket.destroy()
  await isGone
}

function readTo(response: http.IncomingMessage, cut: Cut, reached: () => void): void {
  if (cut === 'at its first byte') return reached()
  let bytes = 0
  response.on('error', () => {})
  response.once('end', reached) // an error is shorter
  response.on('data', (piece: Buffer) => {
    bytes += piece.length
    const isReached =
      cut === 'in its middle' ? bytes > MIDDLE_BYTES : piece.toString('latin1').endsWith('"kept"')
    if (isReached) reached()
  })
}

/**
 * The state of this side's connection as the kernel has it: the other side's end can be seen without reading. It is found by
 * the ports of both ends: connections to several servers may share one local port.
 */
function tcpStateOf({ localPort = 0, remotePort = 0 }: net.Socket): string | undefined {
  const ends = `${addressOf(localPort)} ${addressOf(remotePort)} `
  const rows = fs.readFileSync('/proc/net/tcp', 'utf8').split('\n')
  return rows
    .find((row) => row.includes(ends))
    ?.trim()
    .split(/\s+/)[3]
}

/** 127.0.0.1 and the port as `/proc/net/tcp` writes them. */
const addressOf = (port: number) => `${LOOPBACK}:${port.toString(16).toUpperCase().padStart(4, '0')}`

async function until(condition: () => boolean) {
  if (!(await waitUntil(condition, { timeoutMs: 30_000 }))) throw new Error('It did not happen.')
}

/** Asks and takes the whole answer. */
export async function askWhole(sent: Sent) {
  const { url, body } = sent
  const response = await fetch(`${url}/api/images/create`, { method: 'POST', headers: headersOf(sent), body })
  const said = await response.json()
  return {
    status: response.status,
    generation: response.headers.get('x-studio-generation'),
    images: said.images?.map((image: { base64: string }) => image.base64.length > 0),
  }
}
