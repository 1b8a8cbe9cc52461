import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { refuseRows } from '@/e2e/support/refused-rows'
import { makeAnswer, makeImage, sendJson } from '@/e2e/support/upstream'
import { createApiKey } from '@/lib/api-keys/server'
import { answerDropIn } from '@/lib/drop-in/deliver'
import { redeliver } from '@/lib/generations/unanswered'
import { db } from '@/lib/platform/db'

vi.setConfig({ testTimeout: 60_000 })

const pipeline = setUpPipeline()
const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
let server: http.Server
let port: number
let headers: Record<string, string>

beforeAll(async () => {
  server = http.createServer((request, response) => void answerDropIn(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  const actor = await makeActor(await makeTeam(), 'member')
  const { secret } = await createApiKey(actor, { name: 'test', scopes: ['read', 'generate'] })
  headers = { 'x-api-key': secret, 'content-type': 'application/json' }
  pipeline.dispatch()
})
afterAll(() => server?.closeAllConnections())

/** Asks, and collects what comes of the answer. */
function ask(prompt: string) {
  const request = http.request({ port, method: 'POST', path: '/api/images/create', headers, agent: false })
  request.end(JSON.stringify({ prompt, ratio: '1:1', styleId: 101 }))
  const got = { text: '', status: 0, generation: '', isComplete: false, isOver: false }
  request.on('error', () => (got.isOver = true))
  request.on('response', (response) => {
    got.status = response.statusCode ?? 0
    got.generation = String(response.headers['x-studio-generation'])
    response.setEncoding('utf8').on('data', (piece: string) => (got.text += piece))
    response.on('error', () => {})
    response.on('close', () => Object.assign(got, { isOver: true, isComplete: response.complete }))
  })
  return { got, request }
}

const isJson = (text: string) => {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
const stateOf = (id: string) =>
  db().generation.findUniqueOrThrow({
    where: { id },
    select: { status: true, answeredAt: true, abandonedAt: true },
  })

/** Upstream answers once `before` is over. */
function answerAfter(before: () => Promise<unknown>, files?: Buffer[]) {
  pipeline.upstream.answer = async ({ body }, response) => {
    await before()
    sendJson(response, 201, makeAnswer(body, files ?? [await makeImage()], balances))
  }
}

/** No end can be committed, since the account's balances are somebody else's, until `release` is called. */
function holdCommits() {
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => (release = resolve))
  const hold = () =>
    new Promise<void>((isHeld, reject) => {
      const held = db().$transaction(
        async (tx) => {
          await tx.$queryRaw`SELECT id FROM "UpstreamAccount" FOR UPDATE`
          isHeld()
          await isReleased
        },
        { timeout: 50_000 },
      )
      held.catch(reject)
    })
  return { hold, release }
}

test('an answer goes out while its end is written down, the last byte after that', async () => {
  const { hold, release } = holdCommits()
  answerAfter(hold)
  const { got } = ask('while it is written down')
  await vi.waitFor(() => expect(isJson(`${got.text}}`)).toBe(true), { timeout: 20_000 })
  expect(await stateOf(got.generation)).toEqual({ status: 'sending', answeredAt: null, abandonedAt: null })
  expect(got).toMatchObject({ status: 201, isOver: false })
  release()
  await vi.waitFor(() => expect(got.isOver).toBe(true), { timeout: 20_000 })
  expect(got.isComplete && isJson(got.text)).toBe(true)
  expect((await stateOf(got.generation)).status).toBe('succeeded')
  const isNoted = async () => expect((await stateOf(got.generation)).answeredAt).not.toBeNull()
  await vi.waitFor(isNoted, { timeout: 20_000 })
})

test('small and large images go out byte for byte', async () => {
  const sizes = [49_152, 200_001, 262_144, 1_700_003]
  const files = await Promise.all(
    sizes.map(async (sizeBytes) => {
      const image = await makeImage()
      return Buffer.concat([image, randomBytes(sizeBytes - image.length)])
    }),
  )
  answerAfter(() => Promise.resolve(), files)
  const { got } = ask('of all sizes')
  await vi.waitFor(() => expect(got.isOver).toBe(true), { timeout: 20_000 })
  const { images }: { images: { base64: string }[] } = JSON.parse(got.text)
  expect(images.map(({ base64 }) => files.findIndex((file) => file.toString('base64') === base64))).toEqual([
    0, 1, 2, 3,
  ])
})

test('who breaks off meanwhile is known to have gone, and who asks again has the same answer for one call', async () => {
  const { hold, release } = holdCommits()
  answerAfter(hold)
  const first = ask('broken off meanwhile')
  await vi.waitFor(() => expect(isJson(`${first.got.text}}`)).toBe(true), { timeout: 20_000 })
  first.request.destroy()
  const second = ask('broken off meanwhile')
  await vi.waitFor(async () => expect(await waitingNotes()).toBe(1), { timeout: 20_000 })
  release()
  await vi.waitFor(() => expect(second.got.isOver).toBe(true), { timeout: 20_000 })
  expect(second.got).toMatchObject({ status: 201, isComplete: true, generation: first.got.generation })
  const third = ask('broken off meanwhile') // on purpose: it has its answer
  await once(third.request, 'response')
  expect(third.got.generation).not.toBe(first.got.generation)
  expect(pipeline.upstream.calls).toHaveLength(2)
})

test('an answer that cannot be committed is broken off before its last byte', async () => {
  const takeAgain = await refuseRows('Image')
  answerAfter(() => Promise.resolve())
  const { got } = ask('cannot be committed')
  await vi.waitFor(() => expect(got.isOver).toBe(true), { timeout: 20_000 })
  await takeAgain()
  expect(got).toMatchObject({ status: 201, isComplete: false })
  expect(isJson(got.text)).toBe(false)
  expect(await stateOf(got.generation)).toMatchObject({ status: 'unknown', answeredAt: null })
})

test('who joined takes back a break that was noted while both waited for the same commit', async () => {
  answerAfter(() => Promise.resolve())
  const { got } = ask('noted at the same moment')
  await vi.waitFor(() => expect(got.isOver).toBe(true), { timeout: 20_000 })
  const id = got.generation
  await vi.waitFor(async () => expect((await stateOf(id)).answeredAt).not.toBeNull(), { timeout: 20_000 })
  const seen = await db().generation.update({ where: { id }, data: { answeredAt: null, abandonedAt: null } })
  let commit = () => {}
  const isRedelivering = new Promise<void>((resolve) => (commit = resolve))
  await new Promise<void>((isNoted) => {
    void db().$transaction(async (tx) => {
      await tx.generation.update({ where: { id }, data: { abandonedAt: new Date() } })
      isNoted()
      await isRedelivering
    })
  })
  const isTheirs = redeliver(seen, true)
  await vi.waitFor(async () => expect(await waitingNotes()).toBe(1), { timeout: 20_000 })
  commit()
  expect(await isTheirs).toBe(true)
  expect((await stateOf(id)).abandonedAt).toBeNull()
})

/** How many notes of what became of an answer wait for a lock. */
async function waitingNotes(): Promise<number> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE%"abandonedAt" =%'`
  return rows.length
}
