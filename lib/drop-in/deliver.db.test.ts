import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { answerFourImages, askAndCut, askWhole, CUTS, cutNames, type Cut } from '@/e2e/support/cut-client'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { startRecordingProxy, type RecordingProxy } from '@/e2e/support/recording-proxy'
import { createApiKey } from '@/lib/api-keys/server'
import { answerDropIn } from '@/lib/drop-in/deliver'
import { createImage } from '@/lib/drop-in/server'
import { noteDelivery } from '@/lib/generations/unanswered'
import { db } from '@/lib/platform/db'
import { waitUntil } from '@/scripts/processes.mjs'

const pipeline = setUpPipeline()
let server: http.Server
let direct: string
let proxy: RecordingProxy
let headers: Record<string, string>
let serial = 0

vi.setConfig({ testTimeout: 60_000 })

beforeAll(async () => {
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

const ways = {
  directly: () => ({ url: direct }),
  'through a streaming proxy': () => ({ url: proxy.url, proxy }),
}

const wayNames = Object.keys(ways) as (keyof typeof ways)[] // Object.keys forgets the names

describe.each(wayNames)('%s', (way) => {
  const cuts = cutNames.filter((cut) => way === 'directly' || CUTS[cut].isLarge)
  const isSeen = (cut: Cut) => CUTS[cut].isLarge || process.platform === 'linux'
  const cases = cuts
    .filter(isSeen)
    .flatMap((cut) => [[cut, 'without a key'] as const, [cut, 'with a key'] as const])

  test.each(cases)(
    'a client cut off %s that sends the same body %s gets the same answer for one call',
    async (cut, keyed) => {
      const makeSent = () => {
        const body = JSON.stringify({
          prompt: `cut off ${(serial += 1)}`,
          ratio: '1:1',
          styleId: 101,
          sample: 4,
        })
        return { ...ways[way](), headers, body, key: keyed === 'with a key' ? `key ${serial}` : undefined }
      }
      const sent = await askAndCut(pipeline.upstream, cut, makeSent)
      const again = await askWhole(sent)
      expect(again).toMatchObject({ status: 201, images: [true, true, true, true] })
      expect(pipeline.upstream.calls).toHaveLength(1)
      const onPurpose = await askWhole(sent)
      expect(onPurpose).toMatchObject({ status: 201, images: [true, true, true, true] })
      expect(onPurpose.generation === again.generation).toBe(sent.key !== undefined)
      expect(pipeline.upstream.calls).toHaveLength(sent.key ? 1 : 2)
    },
  )

  test('a client that takes each answer and asks again at once gets a new one each time', async () => {
    answerFourImages(pipeline.upstream, { isLarge: false })
    const sent = {
      ...ways[way](),
      headers,
      body: JSON.stringify({ prompt: `on purpose ${way}`, ratio: '1:1', styleId: 101 }),
    }
    const answers = []
    for (let turn = 0; turn < 8; turn++) answers.push(await askWhole(sent))
    expect(new Set(answers.map(({ generation }) => generation)).size).toBe(8)
    expect(pipeline.upstream.calls).toHaveLength(8)
  })
})

test('a client that was gone before the last byte reached it has not taken the answer, though it closed in order', async () => {
  answerFourImages(pipeline.upstream, { isLarge: false })
  const body = JSON.stringify({ prompt: 'crossed on the way', ratio: '1:1', styleId: 101, sample: 4 })
  const connected = once(server, 'connection')
  const client = connect('HTTP/1.1', body)
  const here: net.Socket = (await connected)[0]
  await new Promise<void>((resolve) =>
    client.on('data', (piece: Buffer) => piece.toString('latin1').endsWith('"kept"\r\n') && resolve()),
  )
  here.pause() // its close is still on the way
  const { bytesWritten } = here
  client.destroy()
  await waitUntil(() => here.bytesWritten > bytesWritten, { timeoutMs: 10_000 })
  here.resume()
  await new Promise((resolve) => here.once('close', resolve))
  const again = await askWhole({ url: direct, headers, body })
  expect(again.status).toBe(201)
  expect(pipeline.upstream.calls).toHaveLength(1)
})

test('a client of HTTP/1.0, for whom the close is the end of the answer, has taken it then', async () => {
  answerFourImages(pipeline.upstream, { isLarge: false })
  const body = JSON.stringify({ prompt: 'long ago', ratio: '1:1', styleId: 101 })
  for (const calls of [1, 2]) {
    const client = connect('HTTP/1.0', body)
    let said = ''
    client.on('data', (piece: Buffer) => (said += piece.toString('latin1')))
    await new Promise((resolve) => client.once('close', resolve))
    expect(JSON.parse(said.split('\r\n\r\n')[1] ?? '')).toMatchObject({ images: expect.any(Array) })
    expect(pipeline.upstream.calls).toHaveLength(calls)
  }
})

test('two identical bodies at once share one call; two keys make two', async () => {
  answerFourImages(pipeline.upstream, { isLarge: false })
  const sent = {
    url: direct,
    headers,
    body: JSON.stringify({ prompt: 'at once', ratio: '1:1', styleId: 101 }),
  }
  const [one, other] = await Promise.all([askWhole(sent), askWhole(sent)])
  expect(one.generation).toBe(other?.generation)
  expect(pipeline.upstream.calls).toHaveLength(1)
  await Promise.all([askWhole({ ...sent, key: 'a' }), askWhole({ ...sent, key: 'b' })])
  expect(pipeline.upstream.calls).toHaveLength(3)
})

test.each(['first', 'second'])(
  'a client that another process has just answered gets a new answer, though that is not written down yet: the %s client',
  async (which) => {
    answerFourImages(pipeline.upstream, { isLarge: false })
    const body = JSON.stringify({
      prompt: `answered elsewhere ${which}`,
      ratio: '1:1',
      styleId: 101,
      sample: 4,
    })
    const answer = async () => {
      const init = { method: 'POST', headers, body }
      const { response, isCommitted } = await createImage(new Request(`${direct}/api/images/create`, init))
      await Promise.all([response.arrayBuffer(), isCommitted])
      return response.headers.get('x-studio-generation') ?? ''
    }
    const first = await answer()
    if (which === 'second') {
      await noteDelivery(first, false)
      expect(await answer()).toBe(first)
    }
    setTimeout(() => void noteDelivery(first, true), 300)
    const next = await askWhole({ url: direct, headers, body })
    expect([next.status, next.generation === first]).toEqual([201, false])
    expect(pipeline.upstream.calls).toHaveLength(2)
  },
)

test('a key gives its answer however often, and whatever became of it before', async () => {
  answerFourImages(pipeline.upstream, { isLarge: false })
  const body = JSON.stringify({ prompt: 'by its key', ratio: '1:1', styleId: 101 })
  const sent = { url: direct, headers, body, key: 'whatever became of it' }
  const { generation } = await askWhole(sent)
  for (const isTaken of [false, true]) {
    await noteDelivery(generation ?? '', isTaken)
    expect(await askWhole(sent)).toMatchObject({ status: 201, generation })
  }
  await db().generation.update({ where: { id: generation ?? '' }, data: { abandonedAt: new Date() } }) // told late
  expect(await askWhole(sent)).toMatchObject({ status: 201, generation })
  expect(pipeline.upstream.calls).toHaveLength(1)
})

/** A connection on which that body was asked for. */
function connect(protocol: string, body: string): net.Socket {
  const lines = { ...headers, host: 'x', 'content-length': String(Buffer.byteLength(body)) }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`)
  const socket = net.connect(Number(new URL(direct).port), '127.0.0.1')
  socket.write(`POST /api/images/create ${protocol}\r\n${head.join('\r\n')}\r\n\r\n${body}`)
  return socket
}
