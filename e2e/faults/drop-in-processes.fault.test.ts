import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '@/e2e/support/child'
import { makeClient } from '@/e2e/support/client'
import { answerFourImages, askAndCut, askWhole, CUTS, cutNames, type Sent } from '@/e2e/support/cut-client'
import { startBalancer } from '@/e2e/support/balancer'
import { readMetrics } from '@/e2e/support/metrics'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { startUpstream, type FakeUpstream } from '@/e2e/support/upstream'
import { waitUntil } from '@/scripts/processes.mjs'

/** Long enough for a balancer to see it on a busy machine. */
const DRAIN_WAIT_S = 10

/** Two servers that hold clients' connections and never send; one worker that sends: three processes on one database. */
let upstream: FakeUpstream
let here: Studio
let there: Studio
let worker: Studio
let workerUrl: string
let headers: Record<string, string>
let serial = 0

beforeAll(async () => {
  upstream = await startUpstream()
  const flamel = { FLAMEL_API_KEY: 'flm-processes', FLAMEL_API_URL: upstream.url }
  const env = {
    ...flamel,
    STUDIO_DISPATCHER: 'off',
    STUDIO_DRAIN_WAIT_S: String(DRAIN_WAIT_S),
    LOG_LEVEL: 'info,http=debug',
  }
  here = await startStudio({ env })
  const { databaseUrl, dataDir } = here.settings
  there = await startStudio({ databaseUrl, dataDir, env })
  workerUrl = `http://localhost:${await freePort()}`
  const workerEnv = { ...flamel, WORKER_PORT: new URL(workerUrl).port }
  worker = await startStudio({ databaseUrl, dataDir, env: workerEnv, isWorker: true })
  headers = (await makeClient(here)).headers
})
afterAll(async () => {
  await worker?.sigterm()
  await there?.sigterm()
  await here?.stop()
  await upstream?.close()
})

const bodyOf = (prompt: string, sample = 4) =>
  JSON.stringify({ prompt: `${prompt} ${(serial += 1)}`, ratio: '1:1', styleId: 101, sample })
const isCalled = () => upstream.calls.length === 1
const whole = { status: 201, images: [true, true, true, true] }

const cases = cutNames
  .filter((cut) => CUTS[cut].isLarge || process.platform === 'linux')
  .flatMap((cut) => (['without a key', 'with a key'] as const).map((keyed) => ({ cut, keyed })))

describe.each(['the same server', 'another server'])('a client that comes back at %s', (where) => {
  const again = (sent: Sent): Sent => ({ ...sent, url: where === 'the same server' ? here.url : there.url })

  test.each(cases)(
    'after it was cut off $cut, $keyed, gets the same answer for the one call of the worker',
    async ({ cut, keyed }) => {
      const sent = await askAndCut(upstream, cut, () => {
        const body = bodyOf('cut off')
        return { url: here.url, headers, body, key: keyed === 'with a key' ? `key ${serial}` : undefined }
      })
      const { key } = sent
      const answer = await askWhole(again(sent))
      expect(answer).toMatchObject(whole)
      expect(upstream.calls).toHaveLength(1)
      const onPurpose = await askWhole(again(sent))
      expect(onPurpose).toMatchObject(whole)
      expect(onPurpose.generation === answer.generation).toBe(key !== undefined)
      expect(upstream.calls).toHaveLength(key ? 1 : 2)
    },
  )
})

test('identical bodies at once at two servers share one call', async () => {
  answerFourImages(upstream, { isLarge: false })
  const body = bodyOf('at once')
  const [one, other] = await Promise.all([here, there].map(({ url }) => askWhole({ url, headers, body })))
  expect([one, other]).toMatchObject([whole, whole])
  expect(one?.generation).toBe(other?.generation)
  expect(upstream.calls).toHaveLength(1)
})

test('a client that takes each answer and asks the other server at once gets a new one each time', async () => {
  answerFourImages(upstream, { isLarge: false })
  const body = bodyOf('on purpose')
  const answers = []
  for (let turn = 0; turn < 8; turn += 1) {
    const { url } = turn % 2 === 0 ? here : there
    answers.push(await askWhole({ url, headers, body }))
  }
  expect(new Set(answers.map(({ generation }) => generation)).size).toBe(8)
  expect(upstream.calls).toHaveLength(8)
})

test('a client whose server is killed while it waits joins at the other', async () => {
  answerFourImages(upstream, { isLarge: true })
  const sent = { url: there.url, headers, body: bodyOf('killed') }
  const left = askWhole(sent).catch(() => null)
  expect(await waitUntil(isCalled, { timeoutMs: 20_000 })).toBe(true)
  await there.kill9()
  expect(await left).toBeNull()
  expect(await askWhole({ ...sent, url: here.url })).toMatchObject(whole)
  expect(upstream.calls).toHaveLength(1)
  there = await startStudio(there.settings)
})

test('a worker says how it is, and nothing else', async () => {
  expect((await fetch(`${workerUrl}/readyz`)).status).toBe(200)
  const { of } = await readMetrics(workerUrl)
  expect([of('studio_processes', { role: 'dispatcher' }), of('studio_processes', { role: 'web' })]).toEqual([
    1, 2,
  ])
  expect(of('studio_upstream_call_seconds_count', { end: 'created' })).toBeGreaterThan(0)
  for (const address of ['/', '/api/health', '/api/v1/generations', '/_next/static/x.js'])
    expect((await fetch(`${workerUrl}${address}`)).status).toBe(404)
})

test('every line of the log is JSON; what a request did is found by its id, a prompt nowhere', async () => {
  answerFourImages(upstream, { isLarge: false })
  const answer = await fetch(`${here.url}/api/images/create`, {
    method: 'POST',
    headers,
    body: bodyOf('heliotrope', 1),
  })
  await answer.arrayBuffer()
  await fetch(`${here.url}/t/nowhere/gallery?q=heliotrope`)
  const lines = () => [here, worker].flatMap(({ logs }) => logs().trim().split('\n').filter(Boolean))
  expect(
    await waitUntil(() => lines().some((line) => line.includes('/t/*/gallery')), { timeoutMs: 10_000 }),
  ).toBe(true)
  const written: Record<string, unknown>[] = lines().map((line) => JSON.parse(line))
  expect(written.find(({ request }) => request === answer.headers.get('x-request-id'))).toMatchObject({
    ...{ area: 'http', event: 'http.request', path: '/api/images/create', status: 201 },
    generation: answer.headers.get('x-studio-generation'),
  })
  expect(lines().filter((line) => line.includes('heliotrope'))).toEqual([])
})

describe('a server that is told to stop under load', () => {
  const CLIENTS = 6
  let failures: string[]
  let answered: number
  let isOver: boolean
  beforeEach(() => {
    answerFourImages(upstream, { isLarge: false })
    failures = []
    answered = 0
    isOver = false
  })
  afterEach(() => {
    isOver = true
  })

  /** One client: reads and generates by turns, each request once, wherever the balancer sends it. */
  async function ask(next: () => string) {
    while (!isOver) {
      const url = next()
      const listed = fetch(`${url}/api/v1/generations?limit=5`, { headers })
      const made = fetch(`${url}/api/images/create`, { method: 'POST', headers, body: bodyOf('load', 1) })
      for (const answer of await Promise.allSettled([listed, made])) {
        const status = answer.status === 'fulfilled' ? answer.value.status : String(answer.reason?.cause)
        if (status !== 200 && status !== 201)
          failures.push(`${url === here.url ? 'here' : 'there'}: ${status}`)
        if (answer.status === 'fulfilled') await answer.value.arrayBuffer()
        answered += 1
      }
    }
  }

  test('fails no request, and ends its event streams in order', async () => {
    const balancer = startBalancer([here.url, there.url])
    const stream = await fetch(`${there.url}/api/v1/events`, { headers })
    const isEnded = stream.text().then((events) => events.startsWith('retry: '))
    const clients = Array.from({ length: CLIENTS }, () => ask(balancer.next))
    expect(await waitUntil(() => answered > 40, { timeoutMs: 30_000 })).toBe(true)
    const stopped = there.sigterm()
    expect(await waitUntil(() => balancer.ready().length === 1, { timeoutMs: DRAIN_WAIT_S * 1_000 })).toBe(
      true,
    )
    expect((await fetch(`${there.url}/livez`)).status).toBe(200)
    expect(await stopped).toEqual({ code: 0, signal: null })
    expect(await isEnded).toBe(true)
    const before = answered
    expect(await waitUntil(() => answered > before + 20, { timeoutMs: 30_000 })).toBe(true)
    isOver = true
    await Promise.all(clients)
    balancer.stop()
    expect(failures).toEqual([])
    there = await startStudio(there.settings)
  })
})
