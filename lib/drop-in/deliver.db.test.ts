import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/pictures'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { startRecordingProxy, type RecordingProxy } from '@/e2e/support/recording-proxy'
import { makeAnswer, makePicture, sendJson } from '@/e2e/support/upstream'
import { createApiKey } from '@/lib/api-keys/server'
import { answerDropIn } from '@/lib/drop-in/deliver'
import { waitUntil } from '@/scripts/processes.mjs'

/** When a client breaks off. */
const CUTS = {
  'before the answer': { isLarge: true },
  'at its first byte': { isLarge: true },
  'in its middle': { isLarge: true },
  'just before its last byte': { isLarge: true },
  'with all of it unread in its kernel': { isLarge: false },
} as const
type Cut = keyof typeof CUTS
const MIDDLE_BYTES = 1_000_000
const CLOSE_WAIT = '08'

const pipeline = setUpPipeline()
let noise: Buffer
let server: http.Server
let direct: string
let proxy: RecordingProxy
let headers: Record<string, string>
let serial = 0

vi.setConfig({ testTimeout: 60_000 })

beforeAll(async () => {
  const size = { width: 900, height: 900, channels: 3 as const }
  const create = { ...size, background: 'grey', noise: { type: 'gaussian' as const, mean: 128, sigma: 60 } }
  noise = await sharp({ create }).webp({ lossless: true }).toBuffer()
  server = http.createServer((request, response) => void answerDropIn(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  direct = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  proxy = await startRecordingProxy(direct)
  const actor = await makeActor(await makeTeam(), 'member')
  const { secret } = await createApiKey(actor, { name: 'test', scopes: ['read', 'generate'] })
  headers = { 'x-api-key': secret, 'content-type': 'application/json' }
  pipeline.dispatch()
})
afterAll(async () => {
  await proxy?.stop()
  server?.closeAllConnections()
})

function answer(isLarge: boolean) {
  pipeline.upstream.calls = []
  pipeline.upstream.answer = async ({ body }, response) => {
    const pictures = isLarge
      ? Array.from({ length: 4 }, () => noise)
      : await Promise.all(Array.from({ length: 4 }, () => makePicture()))
    const said = makeAnswer(body, pictures, { defaultCredit: 1, dailyCredit: 1, monthlyCredit: 1 })
    setTimeout(() => sendJson(response, 201, said), 200)
  }
}

type Sent = { url: string; body: string; key?: string }

function open({ url, body, key }: Sent): http.ClientRequest {
  const sent = { ...headers, ...(key && { 'idempotency-key': key }) }
  const address = new URL('/api/images/create', url)
  const request = http.request(address, { method: 'POST', headers: sent, agent: false })
  request.on('error', () => {})
  request.end(body)
  return request
}

/** Asks and breaks off; resolves once the connection is gone. */
async function askAndCut(sent: Sent, cut: Cut): Promise<void> {
  if (cut === 'with all of it unread in its kernel') return askAndReadNothing(sent)
  const request = open(sent)
  const isGone = new Promise<void>((resolve) => request.once('close', resolve))
  if (cut === 'before the answer') await until(() => pipeline.upstream.calls.length === 1)
  else await new Promise<void>((resolve) => request.once('response', (got) => readTo(got, cut, resolve)))
  request.destroy()
  await isGone
}

async function askAndReadNothing({ url, body, key }: Sent): Promise<void> {
  const sent = { ...headers, ...(key && { 'idempotency-key': key }), host: 'x' }
  const lines = Object.entries({ ...sent, 'content-length': String(Buffer.byteLength(body)) })
  const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1').pause()
  const isGone = new Promise((resolve) => socket.once('close', resolve))
  socket.write(`POST /api/images/create HTTP/1.1\r\n${head}\r\n\r\n${body}`)
  await until(() => tcpStateOf(socket.localPort ?? 0) === CLOSE_WAIT)
  socket.destroy()
  await isGone
}

function readTo(response: http.IncomingMessage, cut: Cut, reached: () => void): void {
  if (cut === 'at its first byte') return reached()
  let bytes = 0
  response.on('error', () => {})
  response.on('data', (piece: Buffer) => {
    bytes += piece.length
    const isReached =
      cut === 'in its middle' ? bytes > MIDDLE_BYTES : piece.toString('latin1').endsWith('"kept"')
    if (isReached) reached()
  })
}

/** The state of this side's connection as the kernel has it: the other side's end can be seen without reading. */
function tcpStateOf(port: number): string | undefined {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = fs.readFileSync('/proc/net/tcp', 'utf8').split('\n')
  return rows.map((row) => row.trim().split(/\s+/)).find(([, address]) => address?.endsWith(local))?.[3]
}

async function until(condition: () => boolean | Promise<boolean>) {
  expect(await waitUntil(condition, { timeoutMs: 30_000 })).toBe(true)
}

async function askWhole({ url, body, key }: Sent) {
  const sent = { ...headers, ...(key && { 'idempotency-key': key }) }
  const response = await fetch(`${url}/api/images/create`, { method: 'POST', headers: sent, body })
  const said = await response.json()
  return {
    status: response.status,
    generation: response.headers.get('x-studio-generation'),
    pictures: said.images?.map((image: { base64: string }) => image.base64.length > 0),
  }
}

const ways = { directly: () => direct, 'through a streaming proxy': () => proxy.url }

const wayNames = Object.keys(ways) as (keyof typeof ways)[] // Object.keys forgets the names
const cutNames = Object.keys(CUTS) as Cut[] // as above

describe.each(wayNames)('%s', (way) => {
  const cuts = cutNames.filter((cut) => way === 'directly' || CUTS[cut].isLarge)
  const isSeen = (cut: Cut) => CUTS[cut].isLarge || process.platform === 'linux'
  const cases = cuts
    .filter(isSeen)
    .flatMap((cut) => [[cut, 'without a key'] as const, [cut, 'with a key'] as const])

  test.each(cases)(
    'a client cut off %s that sends the same body %s gets the same answer for one call',
    async (cut, keyed) => {
      answer(CUTS[cut].isLarge)
      const prompt = `cut off ${serial++}`
      const body = JSON.stringify({ prompt, ratio: '1:1', styleId: 101, sample: 4 })
      const sent = { url: ways[way](), body, key: keyed === 'with a key' ? `key ${serial}` : undefined }
      await askAndCut(sent, cut)
      const again = await askWhole(sent)
      expect(again).toMatchObject({ status: 201, pictures: [true, true, true, true] })
      expect(pipeline.upstream.calls).toHaveLength(1)
      const onPurpose = await askWhole(sent)
      expect(onPurpose).toMatchObject({ status: 201, pictures: [true, true, true, true] })
      expect(onPurpose.generation === again.generation).toBe(sent.key !== undefined)
      expect(pipeline.upstream.calls).toHaveLength(sent.key ? 1 : 2)
    },
  )

  test('a client that takes each answer and asks again at once gets a new one each time', async () => {
    answer(false)
    const sent = {
      url: ways[way](),
      body: JSON.stringify({ prompt: `on purpose ${way}`, ratio: '1:1', styleId: 101 }),
    }
    const answers = []
    for (let turn = 0; turn < 8; turn++) answers.push(await askWhole(sent))
    expect(new Set(answers.map(({ generation }) => generation)).size).toBe(8)
    expect(pipeline.upstream.calls).toHaveLength(8)
  })
})

test('two identical bodies at once share one call; two keys make two', async () => {
  answer(false)
  const sent = { url: direct, body: JSON.stringify({ prompt: 'at once', ratio: '1:1', styleId: 101 }) }
  const [one, other] = await Promise.all([askWhole(sent), askWhole(sent)])
  expect(one.generation).toBe(other?.generation)
  expect(pipeline.upstream.calls).toHaveLength(1)
  await Promise.all([askWhole({ ...sent, key: 'a' }), askWhole({ ...sent, key: 'b' })])
  expect(pipeline.upstream.calls).toHaveLength(3)
})
