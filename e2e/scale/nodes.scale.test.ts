import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCluster, type Cluster } from '@/e2e/support/cluster'
import { OWNER } from '@/e2e/support/owner'
import { signInAt } from '@/e2e/support/sign-in'
import { answerWithImages, startUpstream, type FakeUpstream } from '@/e2e/support/upstream'
import type { Generation } from '@/lib/generations/schema'
import { db } from '@/lib/platform/db'
import { inParallel } from '@/lib/platform/in-parallel'
import type { System } from '@/lib/system/schema'
import { waitUntil } from '@/scripts/processes.mjs'

/** Two servers and two workers with disks of their own behind nginx: a database and an object store are all they share. */
const CREATES = 500
const AT_ONCE = 8
const NAMES = ['worker-1', 'web-1', 'worker-2', 'web-2']

let upstream: FakeUpstream
let cluster: Cluster
let headers: Record<string, string>
beforeAll(async () => {
  upstream = await startUpstream()
  const store = JSON.parse(process.env.OBJECT_STORE_UNDER_TEST ?? '')
  cluster = await startCluster({ web: 2, workers: 2, upstream, store })
  headers = cluster.client.headers
}, 300_000)
afterAll(async () => {
  await cluster?.stop()
  await upstream?.close()
}, 60_000)
beforeEach(() => {
  upstream.calls = []
  upstream.answer = answerWithImages({ delayMs: 150 })
})

const webs = () => ['web-1', 'web-2'].map((name) => cluster.node(name).url)
const bodyOf = (prompt: string) => JSON.stringify({ ratio: '1:1', styleId: 101, sample: 1, prompt })
const get = (url: string, more: Record<string, string> = {}) =>
  fetch(url, { headers: { ...headers, ...more } })
const hash = async (answer: Response) =>
  createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex')

async function* each<T>(items: T[]) {
  yield* items
}

/** A press of Generate: the same key until an answer came. */
async function click(prompt: string): Promise<string> {
  const idempotencyKey = randomUUID()
  for (;;) {
    const answer = await fetch(`${cluster.nginx.url}/api/v1/generations`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': idempotencyKey },
      body: bodyOf(prompt),
    }).catch(() => null)
    const { id }: { id?: string } = (await answer?.json().catch(() => null)) ?? {}
    if (id) return id
    if (answer && answer.status >= 400 && answer.status < 500) throw new Error(`refused: ${answer.status}`)
    await delay(100)
  }
}

const isSettled = async () =>
  (await db().generation.count({ where: { status: { in: ['queued', 'sending', 'pending'] } } })) === 0

async function readSystem(url: string): Promise<System> {
  return (await get(`${url}/api/v1/system`)).json()
}

test('each is seen on the system page of the other, by its name, version and work', async () => {
  for (const url of webs()) {
    const { nodes } = await readSystem(url)
    expect(nodes.map(({ name, role, state }) => `${name} ${role} ${state}`)).toEqual([
      'web-1 web ready',
      'web-2 web ready',
      'worker-1 worker ready',
      'worker-2 worker ready',
    ])
    expect(nodes.filter(({ isOwn }) => isOwn)).toHaveLength(1)
  }
})

test(`${CREATES} creates while the nodes are killed in turn: one call each, nothing lost, every image at every server`, async () => {
  const ids = new Map<string, string>()
  const prompts = Array.from({ length: CREATES }, (_, at) => `killed ${at}`)
  let isOver = false
  let kills = 0
  const killing = (async () => {
    while (!isOver) {
      const name = NAMES[kills % NAMES.length] ?? ''
      await cluster.node(name).kill9()
      kills += 1
      await cluster.restart(name)
      await delay(500)
    }
  })()
  const startedAt = performance.now()
  try {
    await inParallel(each(prompts), AT_ONCE, async (prompt) => void ids.set(prompt, await click(prompt)))
  } finally {
    isOver = true
    await killing
  }
  const acceptedS = (performance.now() - startedAt) / 1_000
  expect(await waitUntil(isSettled, { timeoutMs: 120_000 })).toBe(true)
  const settledS = (performance.now() - startedAt) / 1_000

  const calls = new Map<unknown, number>()
  for (const { body } of upstream.calls) calls.set(body.prompt, (calls.get(body.prompt) ?? 0) + 1)
  expect([...calls].filter(([, count]) => count > 1)).toEqual([])
  const rows = await db().generation.findMany({
    where: { id: { in: [...ids.values()] } },
    include: { images: { include: { blob: true } } },
  })
  expect(rows).toHaveLength(CREATES)
  expect(await db().generation.count({ where: { prompt: { startsWith: 'killed ' } } })).toBe(CREATES)
  const ended = (...statuses: string[]) => rows.filter(({ status }) => statuses.includes(status))
  const [succeeded, unknown] = [ended('succeeded'), ended('unknown')]
  // a call that was under way in a killed worker: nobody knows its end
  expect(ended('succeeded', 'unknown')).toHaveLength(CREATES)
  expect(unknown.every(({ statusReason }) => statusReason === 'lease_expired')).toBe(true)
  expect(rows.filter(({ prompt }) => !calls.has(prompt)).map(({ status }) => status)).toEqual([])

  const images = succeeded.flatMap((row) => row.images)
  expect(images).toHaveLength(succeeded.length)
  await inParallel(each(images), AT_ONCE, async ({ id, blob }) => {
    for (const url of webs()) {
      const answer = await get(`${url}/i/${id}/original`)
      expect([answer.status, await hash(answer)]).toEqual([200, blob?.sha256])
    }
  })
  const hasThumbnails = async () => (await db().image.count({ where: { thumbnailId: null } })) === 0
  expect(await waitUntil(hasThumbnails, { timeoutMs: 60_000 })).toBe(true)
  for (const { id } of images.slice(-20)) {
    const shown = await Promise.all(webs().map((url) => get(`${url}/i/${id}/thumb`)))
    const [one, other] = await Promise.all(shown.map(hash))
    expect([shown.map(({ status }) => status), one === other]).toEqual([[200, 200], true])
  }
  console.log(
    `${CREATES} creates, ${kills} kills: accepted in ${acceptedS.toFixed(1)} s, settled in ${settledS.toFixed(1)} s, ` +
      `${succeeded.length} succeeded, ${unknown.length} unknown, ${upstream.calls.length} calls`,
  )
}, 600_000)

test('a killed worker hands over at once what waits: the other one calls', async () => {
  await cluster.node('worker-1').kill9()
  const killedAt = performance.now()
  await click('handed over')
  expect(await waitUntil(() => upstream.calls.length === 1, { timeoutMs: 2_000 })).toBe(true)
  console.log(`handed over within ${Math.round(performance.now() - killedAt)} ms`)
  const isGone = async () => {
    const { nodes } = await readSystem(webs()[0] ?? '')
    return nodes.find(({ name }) => name === 'worker-1')?.state === 'gone'
  }
  expect(await waitUntil(isGone, { timeoutMs: 30_000 })).toBe(true)
  await cluster.restart('worker-1')
  const { nodes } = await readSystem(webs()[1] ?? '')
  expect(nodes.filter(({ name }) => name === 'worker-1').map(({ state }) => state)).toEqual(['ready'])
})

describe('what one server revokes', () => {
  const at = () => {
    const [here = '', there = ''] = webs()
    return { here, there }
  }
  /** How long after the answer of `revoke` the other server still gives what `ask` asks for. */
  async function heldFor(ask: () => Promise<Response>, revoke: () => Promise<Response>): Promise<number> {
    for (let tries = 0; tries < 3; tries += 1) expect((await ask()).status).toBe(200) // and it remembers
    expect((await revoke()).ok).toBe(true)
    const revokedAt = performance.now()
    const isRefused = async () => (await ask()).status >= 400
    expect(await waitUntil(isRefused, { timeoutMs: 1_000 })).toBe(true)
    return performance.now() - revokedAt
  }
  const change = (path: string, method: string, body: object = {}) =>
    fetch(`${at().here}${path}`, {
      method,
      headers,
      body: method === 'DELETE' ? undefined : JSON.stringify(body),
    })
  let image: string
  beforeAll(async () => {
    const { images } = await cluster.client.ended(await click('to be revoked'))
    image = `/i/${images[0]?.id}/original`
  })

  test('a session is refused by the other within a second', async () => {
    const { nginx, client } = cluster
    const cookie = await signInAt(nginx.url, OWNER)
    const own = { headers: { cookie: client.cookie, origin: nginx.url } }
    const { items }: { items: { id: string; isCurrent: boolean; createdAt: string }[] } = await (
      await fetch(`${at().here}/api/v1/sessions`, own)
    ).json()
    const newest = items.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
    const ask = () => fetch(`${at().there}${image}`, { headers: { cookie } })
    const revoke = () => fetch(`${at().here}/api/v1/sessions/${newest?.id}`, { ...own, method: 'DELETE' })
    console.log(`session: ${Math.round(await heldFor(ask, revoke))} ms`)
  })

  test('an API key is refused by the other within a second', async () => {
    const made = await fetch(`${at().here}/api/v1/api-keys`, {
      method: 'POST',
      headers: {
        cookie: cluster.client.cookie,
        origin: cluster.nginx.url,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'to be revoked', scopes: ['read'] }),
    })
    const { id, secret }: { id: string; secret: string } = await made.json()
    const ask = () => fetch(`${at().there}${image}`, { headers: { 'x-api-key': secret } })
    console.log(
      `API key: ${Math.round(await heldFor(ask, () => change(`/api/v1/api-keys/${id}`, 'DELETE')))} ms`,
    )
  })

  test('a share link is closed at the other within a second', async () => {
    const target = { kind: 'image', id: image.split('/')[2] }
    const made = await change('/api/v1/share-links', 'POST', { target })
    const { id, url }: { id: string; url: string } = await made.json()
    const page = new URL(url, cluster.nginx.url).pathname
    const ask = () => fetch(`${at().there}${page}/i/${target.id}/thumb`)
    const revoke = () => change(`/api/v1/share-links/${id}/revocation`, 'POST')
    console.log(`share link: ${Math.round(await heldFor(ask, revoke))} ms`)
  })
})

test('what one server and a worker do is heard by a stream at the other', async () => {
  const [here = '', there = ''] = webs()
  const stream = await listen(`${there}/api/v1/events`)
  const answer = await fetch(`${here}/api/v1/generations`, { method: 'POST', headers, body: bodyOf('heard') })
  const { id }: Generation = await answer.json()
  const isHeard = () => ['generation', 'image'].every((kind) => stream.heard.includes(`${kind} ${id}`))
  expect(await waitUntil(isHeard, { timeoutMs: 10_000 })).toBe(true)
  stream.stop()
})

/** An event stream as a browser keeps it: opened again when it ends, and everything read anew with each opening. */
async function listen(url: string, onOpen: () => Promise<void> = async () => undefined) {
  const stopped = new AbortController()
  const state = { heard: new Array<string>(), openings: 0, failures: new Array<string>() }
  let ready = () => {}
  const isReady = new Promise<void>((resolve) => (ready = resolve))
  const follow = async () => {
    const answer = await fetch(url, { headers, signal: stopped.signal })
    if (answer.status !== 200) throw new Error(String(answer.status))
    let text = ''
    for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const messages = (text += piece).split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        if (message.includes('event: ready')) {
          state.openings += 1
          await onOpen()
          ready()
        }
        const [, data] = /^event: change\n(?:.*\n)*data: (.*)$/m.exec(message) ?? []
        if (data) {
          const { kind, id }: { kind: string; id?: string } = JSON.parse(data)
          state.heard.push(`${kind} ${id ?? ''}`)
        }
      }
    }
  }
  const run = async () => {
    while (!stopped.signal.aborted) {
      await follow().catch((error: unknown) => {
        if (!stopped.signal.aborted) state.failures.push(String(error))
      })
      await delay(50)
    }
  }
  void run()
  await isReady
  return Object.assign(state, { stop: () => stopped.abort() })
}

test('a rolling restart behind nginx under load fails no request, and a stream misses nothing', async () => {
  const { url, errors } = cluster.nginx
  const before = errors().length // nodes were killed before
  const failures: string[] = []
  const made = new Set<string>()
  const seen = new Set<string>()
  let answered = 0
  let isOver = false
  const { images } = await cluster.client.ended(await click('shown'))
  const ask = async (path: string, expected: number, init: RequestInit = {}) => {
    const answer = await fetch(`${url}${path}`, { headers, ...init }).catch((error: unknown) => String(error))
    answered += 1
    if (typeof answer !== 'string' && answer.status === expected) return answer
    failures.push(`${init.method ?? 'GET'} ${path}: ${typeof answer === 'string' ? answer : answer.status}`)
    return null
  }
  const load = async (_: unknown, who: number) => {
    for (let turn = 0; !isOver; turn += 1) {
      const list = await ask('/api/v1/generations?limit=5', 200)
      await list?.arrayBuffer()
      const bytes = await ask(`/i/${images[0]?.id}/original`, 200)
      await bytes?.arrayBuffer()
      const body = bodyOf(`rolling ${who} ${turn}`)
      const create = await ask('/api/v1/generations', 202, { method: 'POST', body })
      const { id }: { id?: string } = (await create?.json()) ?? {}
      if (id) made.add(id)
      const image = await ask('/api/images/create', 201, {
        method: 'POST',
        body: bodyOf(`drop-in ${who} ${turn}`),
      })
      await image?.arrayBuffer()
    }
  }
  const readAll = async () => {
    const list = await ask('/api/v1/generations?limit=100', 200)
    const { items }: { items: Generation[] } = (await list?.json()) ?? { items: [] }
    for (const { id, status } of items) if (status === 'succeeded') seen.add(id)
  }
  const stream = await listen(`${url}/api/v1/events`, readAll)
  const clients = Array.from({ length: 4 }, (_, who) => load(null, who))
  expect(await waitUntil(() => answered > 60, { timeoutMs: 60_000 })).toBe(true)
  const startedAt = performance.now()
  for (const name of ['web-1', 'web-2', 'worker-1', 'worker-2']) {
    expect(await cluster.node(name).sigterm()).toEqual({ code: 0, signal: null })
    await cluster.restart(name)
  }
  const tookS = (performance.now() - startedAt) / 1_000
  isOver = true
  await Promise.all(clients)
  expect([
    failures,
    errors()
      .slice(before)
      .match(/no live upstreams|prematurely/g),
  ]).toEqual([[], null])
  expect(await waitUntil(isSettled, { timeoutMs: 60_000 })).toBe(true)
  const missed = () => [...made].filter((id) => !seen.has(id) && !stream.heard.includes(`image ${id}`))
  expect(await waitUntil(() => missed().length === 0, { timeoutMs: 5_000 })).toBe(true)
  expect([stream.failures, stream.openings >= 2]).toEqual([[], true])
  stream.stop()
  console.log(
    `rolling restart of four nodes in ${tookS.toFixed(1)} s: ${answered} requests, ${failures.length} failed, ` +
      `${stream.openings} openings of the stream, ${made.size} creates, none missed`,
  )
}, 300_000)
