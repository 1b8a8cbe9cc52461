import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { blobFile } from '@/e2e/support/blob-files'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import {
  answerWithImages,
  makeAnswer,
  makeImage,
  refuseWith,
  sendJson,
  type FakeUpstream,
} from '@/e2e/support/upstream'
import type { Actor } from '@/lib/access/actor'
import { getCredits } from '@/lib/credits/server'
import { recoverLapsed } from '@/lib/generations/pipeline/recover'
import type { Generation } from '@/lib/generations/schema'
import {
  cancelGeneration,
  createGeneration,
  getGeneration,
  resolveGeneration,
} from '@/lib/generations/server'
import { makeMissingThumbnails } from '@/lib/images/background'
import { db } from '@/lib/platform/db'
import { serverAccountId } from '@/lib/upstream/server'
import { spoolPath, SpoolWriter } from '@/lib/upstream/spool'

const pipeline = setUpPipeline()
const style = { ratio: '1:1', styleId: 101, sample: 2, async: false } as const
const balances = { defaultCredit: 1, dailyCredit: 2, monthlyCredit: 3 }

// what an earlier test left waiting for its next try would be sent in the middle of another
beforeEach(async () => {
  const data = { status: 'canceled', charged: 'no', finishedAt: new Date() } as const
  await db().generation.updateMany({ where: { status: 'queued' }, data })
})
afterEach(pipeline.stopDispatchers)

async function member(): Promise<Actor> {
  return makeActor(await makeTeam(), 'member')
}

function submit(actor: Actor, prompt = 'a fox in the snow', headers: Record<string, string> = {}) {
  return createGeneration(actor, { ...style, prompt }, new Headers(headers))
}

function ended(actor: Actor, { id }: { id: string }): Promise<Generation> {
  return vi.waitFor(
    async () => {
      const generation = await getGeneration(actor, id)
      expect(['succeeded', 'failed', 'unknown', 'canceled']).toContain(generation.status)
      return generation
    },
    { timeout: 30_000, interval: 20 },
  )
}

describe('a generation', () => {
  test('is queued and durable before anything is sent, then keeps every image of the answer', async () => {
    const actor = await member()
    const queued = await submit(actor)
    expect(queued).toMatchObject({ status: 'queued', queuePosition: 1, images: [] })
    expect(pipeline.upstream.calls).toHaveLength(0)
    pipeline.dispatch()
    const done = await ended(actor, queued)
    expect(done).toMatchObject({
      status: 'succeeded',
      upstreamGroupId: `up-${queued.groupId}`,
      credits: { monthlyCredit: 300 },
    })
    expect(pipeline.upstream.calls).toHaveLength(1)
    for (const image of done.images) {
      const bytes = await readFile(blobFile(actor.teamId, image.sha256 ?? ''))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(image.sha256)
      expect(image).toMatchObject({ state: 'completed', width: 24, height: 24, mimeType: 'image/webp' })
    }
    expect(done.images).toHaveLength(2)
    expect(await getCredits(actor)).toMatchObject({
      monthlyCredit: 300,
      slots: { inUse: 0 },
      queue: { all: 0 },
    })
  })

  test('keeps an image of its answer while the next is still coming', async () => {
    const actor = await member()
    const [first, second] = [await makeImage(), await makeImage(32)]
    const file = blobFile(actor.teamId, createHash('sha256').update(first).digest('hex'))
    let statusThen: string | undefined
    pipeline.upstream.answer = async ({ body }, response) => {
      const said = JSON.stringify(makeAnswer(body, [first, second], balances))
      const at = said.indexOf('},{') + 1
      response.writeHead(201, { 'content-type': 'application/json' }).write(said.slice(0, at))
      await vi.waitFor(async () => expect(await readFile(file)).toEqual(first), { timeout: 20_000 })
      statusThen = (await db().generation.findFirst({ where: { teamId: actor.teamId } }))?.status
      response.end(said.slice(at))
    }
    pipeline.dispatch()
    expect((await ended(actor, await submit(actor))).status).toBe('succeeded')
    expect(statusThen).toBe('sending')
  })

  test('gets its thumbnails when no more images come', async () => {
    const actor = await member()
    let answeredAt = Infinity
    pipeline.upstream.answer = async ({ body }, response) => {
      const images = await Promise.all([makeImage(), makeImage(32)])
      answeredAt = performance.now()
      sendJson(response, 201, makeAnswer(body, images, balances))
    }
    pipeline.dispatch()
    const { id } = await ended(actor, await submit(actor))
    await makeMissingThumbnails()
    expect(performance.now() - answeredAt).toBeGreaterThan(190)
    expect(await db().image.count({ where: { generationId: id, thumbnailId: { not: null } } })).toBe(2)
  })

  test('sends what was asked for word by word, and a group of our own', async () => {
    const actor = await member()
    const prompt = '  여우 🦊 “in the snow”\n'
    const queued = await submit(actor, prompt, { 'x-platform': 'figma', 'x-type': 'any' })
    pipeline.dispatch()
    await ended(actor, queued)
    expect(pipeline.upstream.calls[0]?.body).toMatchObject({
      prompt,
      styleId: 101,
      sample: 2,
      groupId: queued.groupId,
    })
    expect(pipeline.upstream.calls[0]?.headers).toMatchObject({
      'x-api-key': 'test-key',
      'x-platform': 'figma',
      'x-type': 'any',
    })
  })

  test('continues a group under the id that upstream returned', async () => {
    const actor = await member()
    pipeline.dispatch()
    const first = await ended(actor, await submit(actor))
    const next = await createGeneration(
      actor,
      { ...style, prompt: 'again', groupId: first.groupId },
      new Headers(),
    )
    await ended(actor, next)
    expect(next.groupId).toBe(first.groupId)
    expect(pipeline.upstream.calls[1]?.body.groupId).toBe(first.upstreamGroupId)
  })

  test('of the same Idempotency-Key is one row and one call, also when asked twice at once', async () => {
    const actor = await member()
    const both = await Promise.all([1, 2, 3].map(() => submit(actor, 'once', { 'idempotency-key': 'k1' })))
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    pipeline.dispatch()
    await ended(actor, await submit(actor, 'once', { 'idempotency-key': 'k1' }))
    expect(pipeline.upstream.calls).toHaveLength(1)
    await expect(submit(actor, 'other', { 'idempotency-key': 'k1' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test('fails with the code and parameter of the refusal, not charged', async () => {
    const actor = await member()
    pipeline.upstream.answer = refuseWith(404, 'no_style_with_that_id (101)')
    pipeline.dispatch()
    const done = await ended(actor, await submit(actor))
    expect(done.error).toEqual({ code: 'no_style_with_that_id', parameter: '101', charged: 'no' })
    expect(pipeline.upstream.calls).toHaveLength(1)
  })

  test.each([
    ['is cut off after the request', (_: unknown, response: { destroy: () => void }) => response.destroy()],
    ['is a 500', refuseWith(500, 'boom')],
    ['is a 504', refuseWith(504, 'boom')],
    [
      'is garbage',
      (_: unknown, response: { end: (text: string) => void; statusCode: number }) => {
        response.statusCode = 201
        response.end('<html>')
      },
    ],
    [
      'holds only images that are none',
      async (call: { body: Record<string, unknown> }, response: never) =>
        sendJson(response, 201, makeAnswer(call.body, ['bm8gcGljdHVyZQ==', '%%%'], balances)),
    ],
  ])('whose answer %s is unknown and never sent again', async (_name, answer) => {
    const actor = await member()
    pipeline.upstream.answer = answer as FakeUpstream['answer'] // the table mixes handlers that use parts of the response
    pipeline.dispatch()
    const done = await ended(actor, await submit(actor))
    expect(done).toMatchObject({ status: 'unknown', error: { charged: 'unknown' } })
    await pipeline.stopDispatchers()
    pipeline.dispatch()
    await ended(actor, await submit(actor, 'the next one'))
    expect(pipeline.upstream.calls.filter(({ body }) => body.prompt === 'a fox in the snow')).toHaveLength(1)
  })

  test('keeps the whole images of a cut answer, and a person settles it', async () => {
    const actor = await member()
    pipeline.upstream.answer = async ({ body }, response) => {
      const text = JSON.stringify(makeAnswer(body, [await makeImage(), await makeImage()], balances))
      const second = text.lastIndexOf('"base64"')
      response.writeHead(201, { 'content-length': text.length })
      response.write(text.slice(0, second + 40), () => response.destroy())
    }
    pipeline.dispatch()
    const done = await ended(actor, await submit(actor))
    expect(done).toMatchObject({ status: 'unknown', images: [{ state: 'completed' }] })
    const settled = await resolveGeneration(actor, done.id, 'charged')
    expect(settled).toMatchObject({
      status: 'succeeded',
      resolution: 'charged',
      images: [{ state: 'completed' }],
    })
    await expect(resolveGeneration(actor, done.id, 'charged')).rejects.toMatchObject({ code: 'not_unknown' })
  })

  test('says of an unknown end what the balances fell by meanwhile, and still leaves it to a person', async () => {
    const actor = await member()
    pipeline.dispatch()
    const before = await ended(actor, await submit(actor))
    const { seenAt: _, ...left } = before.credits ?? { seenAt: null, dailyCredit: null }
    pipeline.upstream.account = { ...left, dailyCredit: Number(left.dailyCredit) - 2 }
    pipeline.upstream.answer = (_call, response) => void response.destroy()
    const { id } = await ended(actor, await submit(actor))
    const spent = { defaultCredit: 0, dailyCredit: 2, monthlyCredit: 0 }
    await vi.waitFor(
      async () => expect(await getGeneration(actor, id)).toMatchObject({ status: 'unknown', spent }),
      { timeout: 20_000 },
    )
  })

  test('that was refused hides from nobody what the next one cost', async () => {
    const actor = await member()
    const images = answerWithImages()
    pipeline.upstream.answer = (call, response) =>
      call.body.prompt === 'refused' ? refuseWith(400, 'nsfw_image')(call, response) : images(call, response)
    pipeline.dispatch()
    await ended(actor, await submit(actor))
    expect((await ended(actor, await submit(actor, 'refused'))).status).toBe('failed')
    const { spent, sample } = await ended(actor, await submit(actor))
    expect(spent).toEqual({ defaultCredit: 0, dailyCredit: sample, monthlyCredit: 0 })
    expect((await getCredits(actor)).prices).toContainEqual({ sample, credits: sample })
  })

  test('that upstream was too busy for waits in the queue and is sent again', async () => {
    const actor = await member()
    const images = answerWithImages()
    pipeline.upstream.answer = (call, response) =>
      pipeline.upstream.calls.length === 1
        ? refuseWith(403, 'simultaneous_generation_limit')(call, response)
        : images(call, response)
    pipeline.dispatch()
    const done = await ended(actor, await submit(actor))
    expect(done.status).toBe('succeeded')
    expect(pipeline.upstream.calls).toHaveLength(2)
  })

  test('is not sent once it was canceled, and cannot be canceled once it was sent', async () => {
    const actor = await member()
    const queued = await submit(actor)
    expect(await cancelGeneration(actor, queued.id)).toMatchObject({ status: 'canceled' })
    pipeline.dispatch()
    const sent = await ended(actor, await submit(actor, 'another'))
    await expect(cancelGeneration(actor, sent.id)).rejects.toMatchObject({ code: 'no_longer_cancelable' })
    expect(pipeline.upstream.calls.map(({ body }) => body.prompt)).toEqual(['another'])
  })

  test('of another team is not found, for looking, canceling and settling', async () => {
    const queued = await submit(await member())
    const stranger = await member()
    for (const act of [getGeneration, cancelGeneration]) {
      await expect(act(stranger, queued.id)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(resolveGeneration(stranger, queued.id, 'charged')).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('after a crash', () => {
  /** A row as a dispatcher leaves it that died while sending. */
  async function abandoned(actor: Actor) {
    const { id } = await submit(actor, 'abandoned')
    const data = {
      status: 'sending',
      attempts: 1,
      claimedAt: new Date(),
      leaseOwner: crypto.randomUUID(),
      leaseExpiresAt: new Date(Date.now() - 1_000),
    } as const
    return db().generation.update({ where: { id }, data })
  }

  test('a generation with a whole answer in the spool is finished from it, without a call', async () => {
    const actor = await member()
    const row = await abandoned(actor)
    const answer = makeAnswer({ prompt: row.prompt, groupId: row.groupId }, [await makeImage()], balances)
    const spool = await SpoolWriter.open(spoolPath(row.id, 1))
    const [sentAt, receivedAt] = [new Date(Date.now() - 5_000), new Date()]
    const body = spool.body({ status: 201, sentAt })
    await new Promise<void>((resolve) => body.end(JSON.stringify(answer), () => resolve()))
    await spool.keep({ status: 201, sentAt, receivedAt, whole: true })
    pipeline.dispatch()
    expect(await ended(actor, row)).toMatchObject({ status: 'succeeded', images: [{ state: 'completed' }] })
    expect(pipeline.upstream.calls.filter(({ body }) => body.prompt === 'abandoned')).toEqual([])
  })

  /** A call whose lease has lapsed while it is under way, as if its dispatcher had been cut off for too long. */
  async function lapsing(actor: Actor) {
    let giveAnswer = () => {}
    const isTime = new Promise<void>((resolve) => (giveAnswer = resolve))
    const images = answerWithImages()
    pipeline.upstream.answer = async (call, response) => {
      await isTime
      await images(call, response)
    }
    pipeline.dispatch()
    const { id } = await submit(actor, 'cut off')
    const sent = () => pipeline.upstream.calls.map(({ body }) => body.prompt)
    await vi.waitFor(() => expect(sent()).toContain('cut off'), { timeout: 20_000, interval: 5 })
    await db().generation.update({ where: { id }, data: { leaseExpiresAt: new Date(0) } })
    return { id, giveAnswer }
  }

  test('a dispatcher gives up what another one left behind, and nothing that it is at itself', async () => {
    const actor = await member()
    const { id, giveAnswer } = await lapsing(actor)
    const left = await abandoned(actor)
    expect(await ended(actor, left)).toMatchObject({ status: 'unknown', statusReason: 'lease_expired' })
    expect((await getGeneration(actor, id)).status).toBe('sending')
    giveAnswer()
    expect(await ended(actor, { id })).toMatchObject({ status: 'succeeded', images: [{}, {}] })
  })

  async function cutOff(actor: Actor) {
    const { id, giveAnswer } = await lapsing(actor)
    await recoverLapsed(await serverAccountId(), crypto.randomUUID())
    const given = await getGeneration(actor, id)
    expect(given.status).toBe('unknown')
    return { id, giveAnswer }
  }

  test('an answer that comes after its dispatcher was given up for dead is kept', async () => {
    const actor = await member()
    const { id, giveAnswer } = await cutOff(actor)
    giveAnswer()
    await vi.waitFor(async () => expect((await getGeneration(actor, id)).images).toHaveLength(2), {
      timeout: 20_000,
    })
    expect(await getGeneration(actor, id)).toMatchObject({
      status: 'succeeded',
      images: [{ state: 'completed' }, {}],
    })
    expect(pipeline.upstream.calls).toHaveLength(1)
  })

  test('an answer that comes after a person settled the end is kept', async () => {
    const actor = await member()
    const { id, giveAnswer } = await cutOff(actor)
    await resolveGeneration(actor, id, 'not_charged')
    giveAnswer()
    await vi.waitFor(async () => expect((await getGeneration(actor, id)).images).toHaveLength(2), {
      timeout: 20_000,
    })
    expect(await getGeneration(actor, id)).toMatchObject({ status: 'succeeded' })
  })

  test('a generation without an answer is unknown and never sent again', async () => {
    const actor = await member()
    const row = await abandoned(actor)
    pipeline.dispatch()
    expect(await ended(actor, row)).toMatchObject({ status: 'unknown', statusReason: 'lease_expired' })
    expect(pipeline.upstream.calls.filter(({ body }) => body.prompt === 'abandoned')).toEqual([])
  })
})
