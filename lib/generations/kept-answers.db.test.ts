import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { GET as getAnswer } from '@/app/api/v1/generations/[id]/answer/route'
import { blobFile } from '@/e2e/support/blob-files'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import { refuseRows } from '@/e2e/support/refused-rows'
import { makeAnswer, makeImage, sendJson, type FakeUpstream } from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { getCredits } from '@/lib/credits/server'
import { recoverLapsed, recoverSpools } from '@/lib/generations/pipeline/recover'
import { sweepKeptAnswers } from '@/lib/generations/pipeline/unread'
import {
  cancelGeneration,
  createGeneration,
  getGeneration,
  resolveGeneration,
} from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { DAY_MS, HOUR_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { getHealth } from '@/lib/system/health'
import { READER_VERSION } from '@/lib/upstream/answer'
import { serverAccountId } from '@/lib/upstream/server'
import { spoolPath, SpoolWriter } from '@/lib/upstream/spool'

const pipeline = setUpPipeline()
const style = { ratio: '1:1', styleId: 101, sample: 2, async: false } as const
const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }
const UNREADABLE = '<html>\0 not what you asked for'

afterEach(pipeline.stopDispatchers)

function submit(actor: Actor, prompt = 'a fox in the snow') {
  return createGeneration(actor, { ...style, prompt }, new Headers())
}

async function run(answer: FakeUpstream['answer']) {
  const team = await makeTeam()
  const actor = await makeActor(team, 'member')
  pipeline.upstream.answer = answer
  pipeline.dispatch()
  const { id } = await submit(actor)
  return { team, actor, id, done: await ended(actor, id) }
}

const unreadable: FakeUpstream['answer'] = (_call, response) =>
  void response.writeHead(201, { 'content-type': 'text/html' }).end(UNREADABLE)

function fileOf(id: string) {
  return spoolPath(id, 1)
}

/** Puts an answer that can be read in the place of one that could not, as if the reader had learned to read it. */
async function makeReadable(id: string) {
  const answer = makeAnswer({ groupId: 'g' }, [await makeImage(), await makeImage()], balances)
  const spool = await SpoolWriter.open(fileOf(id))
  const [sentAt, receivedAt] = [new Date(Date.now() - 5_000), new Date()]
  const body = spool.body({ status: 201, sentAt })
  await new Promise<void>((resolve) => body.end(JSON.stringify(answer), () => resolve()))
  await spool.keep({ status: 201, sentAt, receivedAt, whole: true })
  await db().generation.update({ where: { id }, data: { spoolReader: READER_VERSION - 1 } })
}

describe('an answer that cannot be read', () => {
  test('is kept for 30 days, also over a restart, and admins can fetch it byte for byte', async () => {
    const { team, actor, id, done } = await run(unreadable)
    expect(done).toMatchObject({ status: 'unknown', statusReason: 'malformed' })
    expect(Date.parse(done.answerKeptUntil ?? '') - Date.now()).toBeGreaterThan(29 * DAY_MS)
    await recoverSpools()
    const admin = await makeActor(team, 'admin')
    const other = await makeActor(await makeTeam(), 'owner')
    const ask = async (asker: Actor, scopes: ('read' | 'generate' | 'manage')[]) => {
      const { secret } = await createApiKey(asker, { name: 'k', scopes })
      const request = new Request(`http://127.0.0.1/${id}`, { headers: { 'x-api-key': secret } })
      return getAnswer(request, { params: Promise.resolve({ id }) })
    }
    const answer = await ask(admin, ['read', 'manage'])
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(await answer.text()).toBe(UNREADABLE)
    expect((await ask(admin, ['read'])).status).toBe(403)
    expect((await ask(actor, ['read', 'generate'])).status).toBe(403)
    expect((await ask(other, ['read', 'manage'])).status).toBe(404)
  })

  test('is read again by a later reader, and what was paid for is there after all', async () => {
    const { actor, id } = await run(unreadable)
    await makeReadable(id)
    await sweepKeptAnswers()
    const { status, images, answerKeptUntil } = await getGeneration(actor, id)
    expect({ status, images: images.map(({ state }) => state), answerKeptUntil }).toEqual({
      status: 'succeeded',
      images: ['completed', 'completed'],
      answerKeptUntil: undefined,
    })
    expect(existsSync(fileOf(id))).toBe(false)
  })

  test('is read again also where a person had settled the end', async () => {
    const { actor, id } = await run(unreadable)
    await resolveGeneration(actor, id, 'not_charged')
    await makeReadable(id)
    await sweepKeptAnswers()
    expect(await getGeneration(actor, id)).toMatchObject({ status: 'succeeded', images: [{}, {}] })
  })

  test('is not read again by the same reader, and forgotten after its time', async () => {
    const { id } = await run(unreadable)
    const { spoolReader } = await db().generation.findUniqueOrThrow({ where: { id } })
    expect(spoolReader).toBe(READER_VERSION)
    await sweepKeptAnswers(new Date(Date.now() + 31 * DAY_MS))
    expect(existsSync(fileOf(id))).toBe(false)
    expect(await db().generation.findUnique({ where: { id } })).toMatchObject({
      spool: null,
      spoolUntil: null,
    })
  })
})

test('when the disk takes no more images, the reason says so and they are added once it does', async () => {
  const { actor, id, done } = await run(async ({ body }, response) => {
    const owner = await db().generation.findFirstOrThrow({ where: { status: 'sending' } })
    await mkdir(path.join(env().dataDir, 'blobs'), { recursive: true })
    await writeFile(path.dirname(path.dirname(blobFile(owner.teamId, '00'))), 'in the way')
    sendJson(response, 201, makeAnswer(body, [await makeImage(), await makeImage()], balances))
  })
  expect(done).toMatchObject({ status: 'unknown', statusReason: 'spool_failed', images: [] })
  await rm(path.dirname(path.dirname(blobFile(actor.teamId, '00'))))
  await sweepKeptAnswers()
  expect(await getGeneration(actor, id)).toMatchObject({
    status: 'succeeded',
    images: [{ state: 'completed' }, { state: 'completed' }],
  })
})

test('a wait that upstream asks for is minutes at most, and everything that waits says why', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const ids = [(await submit(actor)).id, (await submit(actor, 'waits behind it')).id]
  pipeline.upstream.answer = (_call, response) =>
    void response.writeHead(429, { 'retry-after': '999999999' }).end()
  pipeline.dispatch()
  const all = await vi.waitFor(
    async () => {
      const generations = await Promise.all(ids.map((id) => getGeneration(actor, id)))
      for (const one of generations) expect(one.waitsUntil).toBeDefined()
      return generations
    },
    { timeout: 30_000 },
  )
  for (const one of all) {
    expect(one).toMatchObject({ status: 'queued', statusReason: 'too_many_requests' })
    expect(Date.parse(one.waitsUntil ?? '') - Date.now()).toBeLessThanOrEqual(300_000)
  }
  // or the dispatcher of the next test would send them
  for (const id of ids) await cancelGeneration(actor, id)
})

describe('what cannot be written down', () => {
  /** The database refuses every image of that error, as it might refuse something that nobody has thought of. */
  const refusePoison = () => refuseRows('Image', `NEW.error = 'poison'`)
  const poison = { generationStatus: 'FAILED', generationError: 'poison' }

  test('ends as unknown with its answer kept and its slot free', async () => {
    await refusePoison()
    const { actor, done } = await run(async ({ body }, response) => {
      const answer = makeAnswer(body, [await makeImage()], balances)
      sendJson(response, 201, { ...answer, images: answer.images.map((image) => ({ ...image, ...poison })) })
    })
    expect(done).toMatchObject({ status: 'unknown', statusReason: 'unsettled' })
    expect(done.answerKeptUntil).toBeDefined()
    expect((await getCredits(actor)).slots.inUse).toBe(0)
  })

  test('does not keep a sweep from ending the next', async () => {
    await refusePoison()
    const actor = await makeActor(await makeTeam(), 'member')
    const left = []
    for (const extra of [poison, {}]) {
      const { id } = await submit(actor)
      await makeReadable(id)
      const answer = makeAnswer({}, [await makeImage()], balances)
      const spool = await SpoolWriter.open(fileOf(id))
      const now = new Date()
      const body = spool.body({ status: 201, sentAt: now })
      const images = answer.images.map((image) => ({ ...image, ...extra }))
      await new Promise<void>((resolve) => body.end(JSON.stringify({ ...answer, images }), () => resolve()))
      await spool.keep({ status: 201, sentAt: now, receivedAt: now, whole: true })
      const data = {
        ...({ status: 'sending', attempts: 1, claimedAt: now, spoolReader: null } as const),
        ...{ leaseOwner: crypto.randomUUID(), leaseExpiresAt: new Date(0) },
      }
      await db().generation.update({ where: { id }, data })
      left.push(id)
    }
    await recoverLapsed(await serverAccountId(), crypto.randomUUID())
    const ends = await Promise.all(left.map((id) => getGeneration(actor, id)))
    expect(ends.map(({ status }) => status)).toEqual(['unknown', 'succeeded'])
  })

  test('is told by the health of the studio when it holds its slot all the same', async () => {
    const actor = await makeActor(await makeTeam(), 'member')
    const { id } = await submit(actor)
    const held = { leaseOwner: crypto.randomUUID(), leaseExpiresAt: new Date(Date.now() + 60_000) }
    const claimedAt = new Date(Date.now() - HOUR_MS)
    await db().generation.update({ where: { id }, data: { status: 'sending', claimedAt, ...held } })
    expect(await getHealth()).toMatchObject({ status: 'degraded', stuckGenerations: 1 })
    await recoverLapsedNow(id)
    expect(await getHealth()).toMatchObject({ status: 'ok', stuckGenerations: 0 })
  })

  async function recoverLapsedNow(id: string) {
    await db().generation.update({ where: { id }, data: { leaseExpiresAt: new Date(0) } })
    await recoverLapsed(await serverAccountId(), crypto.randomUUID())
  }
})
