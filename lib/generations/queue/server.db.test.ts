import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { POST as createDropIn } from '@/app/api/images/create/route'
import { POST as createSet } from '@/app/api/v1/campaign-sets/route'
import { POST as priorityRoute } from '@/app/api/v1/generations/[id]/priority/route'
import { POST as createRoute } from '@/app/api/v1/generations/route'
import { makeActor } from '@/e2e/support/images'
import { call, makeMember, makePerson, makeTeam, signInAs } from '@/e2e/support/people'
import { ended, setUpPipeline } from '@/e2e/support/pipeline'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { listAudit } from '@/lib/audit/server'
import { getCredits } from '@/lib/credits/server'
import { getQueue, moveToFront, setQueueMode } from '@/lib/generations/queue/server'
import { cancelGeneration, createGeneration, getGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { serverAccountId } from '@/lib/upstream/server'

const pipeline = setUpPipeline()
const asked = { ratio: '1:1', styleId: 101, sample: 1, async: false } as const

beforeEach(async () => {
  await db().upstreamAccount.updateMany({
    where: { id: await serverAccountId() },
    data: { planSlots: 1, learnedSlots: null },
  })
})
afterEach(async () => {
  await pipeline.stopDispatchers()
  await db().generation.updateMany({
    where: { status: 'queued' },
    data: { status: 'canceled', finishedAt: new Date() },
  })
})

async function adminAndMember(): Promise<[Actor, Actor]> {
  const team = await makeTeam()
  const admin = await makeActor(team, 'admin')
  const member = await makeMember(team.id, 'member')
  return [
    admin,
    { ...admin, userId: member.id, principal: member.id, role: 'member', scopes: ['read', 'generate'] },
  ]
}

const submit = (actor: Actor, prompt: string) => createGeneration(actor, { ...asked, prompt }, new Headers())

const sent = () => pipeline.upstream.calls.map(({ body }) => String(body.prompt))
const order = async (actor: Actor) => (await getQueue(actor)).items.map(({ prompt }) => prompt)

describe('a paused queue', () => {
  test('sends nothing of its team, takes what is asked for, and goes on at once', async () => {
    const [admin, member] = await adminAndMember()
    const [other] = await adminAndMember()
    expect((await setQueueMode(admin, 'paused')).mode).toBe('paused')
    const waits = await submit(member, 'waits')
    expect(waits.queuePosition).toBeUndefined()
    const goes = await submit(other, 'goes')
    expect(goes.queuePosition).toBe(1)
    pipeline.dispatch()
    await ended(other, goes.id)
    expect(sent()).toEqual(['goes'])
    expect(await getQueue(member)).toMatchObject({ waiting: 1, items: [{ prompt: 'waits', position: null }] })
    expect((await getCredits(member)).queue).toEqual({ mine: 1, all: 1, mode: 'paused' })
    await setQueueMode(admin, 'open')
    await ended(member, waits.id)
    expect(sent()).toEqual(['goes', 'waits'])
  })

  test('still says what comes first once it goes on', async () => {
    const [admin, member] = await adminAndMember()
    await setQueueMode(admin, 'paused')
    await submit(member, 'a1')
    await submit(member, 'a2')
    const { id } = await submit(member, 'a3')
    await moveToFront(admin, id)
    expect(await order(member)).toEqual(['a3', 'a1', 'a2'])
    await setQueueMode(admin, 'open')
    expect(await order(member)).toEqual(['a3', 'a1', 'a2'])
  })

  test('lets go of what is canceled', async () => {
    const [admin, member] = await adminAndMember()
    await setQueueMode(admin, 'paused')
    const { id } = await submit(member, 'waits')
    await cancelGeneration(member, id)
    expect(await getQueue(admin)).toMatchObject({ waiting: 0, items: [] })
  })
})

describe('a draining queue', () => {
  test('refuses what is new by every way in, and sends what waits', async () => {
    const [admin, member] = await adminAndMember()
    const [other] = await adminAndMember()
    const { secret: key } = await createApiKey(member, { name: 'test', scopes: ['generate'] })
    const person = await makePerson()
    await db().membership.create({ data: { teamId: member.teamId, userId: person.id, role: 'member' } })
    const cookie = await signInAs(person)
    const first = await submit(member, 'first')
    await setQueueMode(admin, 'draining')
    const body = { ...asked, prompt: 'late' }
    const set = { name: 'Set', prompt: 'late', ratios: ['1:1'], styles: [101] }
    const asks = [
      call(createRoute, '/api/v1/generations', { method: 'POST', key, body }),
      call(createRoute, '/api/v1/generations', { method: 'POST', cookie, team: member.teamSlug, body }),
      call(createSet, '/api/v1/campaign-sets', { method: 'POST', key, body: set }),
      call(createDropIn, '/api/images/create', { method: 'POST', key, body }),
    ]
    for (const answer of await Promise.all(asks)) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
      expect(await answer.text()).toContain('queue_draining')
    }
    expect(await db().campaignSet.count({ where: { teamId: member.teamId } })).toBe(0)
    const elsewhere = await submit(other, 'elsewhere')
    pipeline.dispatch()
    await ended(member, first.id)
    await ended(other, elsewhere.id)
    expect(sent().toSorted()).toEqual(['elsewhere', 'first'])
  })

  test('gives a repeated request what it asked for before', async () => {
    const [admin, member] = await adminAndMember()
    const { secret: key } = await createApiKey(member, { name: 'test', scopes: ['generate'] })
    const again = () =>
      call(createRoute, '/api/v1/generations', {
        method: 'POST',
        key,
        body: { ...asked, prompt: 'first' },
        headers: { 'idempotency-key': 'the same' },
      })
    const { id } = await (await again()).json()
    await setQueueMode(admin, 'draining')
    expect((await (await again()).json()).id).toBe(id)
  })
})

describe('moving to the front', () => {
  test('puts one before its team, the latest first, and takes no turn of another team', async () => {
    const [admin, member] = await adminAndMember()
    const [other] = await adminAndMember()
    await submit(other, 'b1')
    await submit(member, 'a1')
    await submit(member, 'a2')
    const third = await submit(member, 'a3')
    await submit(other, 'b2')
    const fourth = await submit(member, 'a4')
    await moveToFront(admin, third.id)
    await moveToFront(admin, fourth.id)
    expect(await order(admin)).toEqual(['a4', 'a3', 'a1', 'a2'])
    expect(await order(other)).toEqual(['b1', 'b2'])
    expect((await getGeneration(member, fourth.id)).queuePosition).toBe(2)
    pipeline.dispatch()
    await vi.waitFor(() => expect(sent()).toHaveLength(6), { timeout: 20_000, interval: 20 })
    expect(sent().filter((prompt) => prompt.startsWith('a'))).toEqual(['a4', 'a3', 'a1', 'a2'])
    expect(sent().indexOf('b1')).toBe(0)
    expect(sent().indexOf('b2')).toBeLessThan(sent().indexOf('a3'))
  })

  test('is an admin’s act, is written down, and is no use for what does not wait', async () => {
    const [admin, member] = await adminAndMember()
    const [stranger] = await adminAndMember()
    const { id } = await submit(member, 'a1')
    await expect(moveToFront(member, id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(setQueueMode(member, 'paused')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(moveToFront(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
    await moveToFront(admin, id)
    await setQueueMode(admin, 'paused')
    await setQueueMode(admin, 'paused')
    await cancelGeneration(member, id)
    await expect(moveToFront(admin, id)).rejects.toMatchObject({ code: 'no_longer_queued' })
    const { items } = await listAudit(admin, { limit: 10 })
    expect(items.map(({ act, detail }) => [act, detail]).slice(0, 3)).toEqual([
      ['queue.changed', { mode: 'paused' }],
      ['queue.moved', {}],
      ['team.created', expect.anything()],
    ])
  })
})

test('the route answers with the queue as it is now', async () => {
  const [admin, member] = await adminAndMember()
  await submit(member, 'a1')
  const { id } = await submit(member, 'a2')
  const { secret } = await createApiKey(admin, { name: 'test', scopes: ['manage'] })
  const answer = await call(priorityRoute, `/api/v1/generations/${id}/priority`, {
    method: 'POST',
    key: secret,
    params: { id },
  })
  expect(await answer.json()).toMatchObject({
    mode: 'open',
    waiting: 2,
    items: [
      { prompt: 'a2', position: 1, isMovedUp: true },
      { prompt: 'a1', position: 2 },
    ],
  })
})
