import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { POST as cancelRoute } from '@/app/api/v1/campaign-sets/[id]/cancellation/route'
import { DELETE as continueRoute, POST as pauseRoute } from '@/app/api/v1/campaign-sets/[id]/pause/route'
import { POST as retryRoute } from '@/app/api/v1/campaign-sets/[id]/retry/route'
import { GET as getRoute } from '@/app/api/v1/campaign-sets/[id]/route'
import { GET as listRoute, POST } from '@/app/api/v1/campaign-sets/route'
import { GET as generationsRoute } from '@/app/api/v1/generations/route'
import { image } from '@/e2e/support/resource-factories'
import { call, makeTeam, signInAs, type Handler } from '@/e2e/support/people'
import type { CampaignSetDetails, CampaignSetInput } from '@/lib/campaign-sets/schema'
import { claimNext } from '@/lib/generations/pipeline/queue'
import type { GenerationPage } from '@/lib/generations/schema'
import { moveOne } from '@/lib/generations/transition'
import { db } from '@/lib/platform/db'

const input: CampaignSetInput = {
  name: 'Spring',
  prompt: '{product} on stone',
  sample: 2,
  ratios: ['1:1', '9:16'],
  styles: [101],
  products: [
    { name: 'Mug', values: { product: 'a mug' } },
    { name: 'Lamp', values: { product: 'a lamp' } },
  ],
}

/** An account of its own, so that no other test's queue stands before. */
async function start() {
  const team = await makeTeam()
  const cookie = await signInAs(team.owner)
  const create = (body: object = input, key = randomUUID()) =>
    call(POST, '/', {
      method: 'POST',
      cookie,
      body,
      headers: { 'idempotency-key': key, origin: 'http://127.0.0.1:3000' },
    })
  const make = async (body: object = input): Promise<CampaignSetDetails> => {
    const answer = await create(body)
    expect(answer.status).toBe(202)
    return answer.json()
  }
  const act = async (handler: Handler, id: string, method = 'POST'): Promise<CampaignSetDetails> => {
    const answer = await call(handler, '/', { method, cookie, params: { id } })
    expect(answer.status).toBe(200)
    return answer.json()
  }
  const fold = async (query = ''): Promise<GenerationPage> =>
    (await call(generationsRoute, `/api/v1/generations?sets=folded${query}`, { cookie })).json()
  return { team, cookie, create, make, act, fold }
}

const lease = () => ({ leaseOwner: randomUUID(), leaseExpiresAt: new Date(Date.now() + 60_000) })

const end = (id: string, to: 'succeed' | 'fail') =>
  db().$transaction((tx) =>
    to === 'fail'
      ? moveOne(tx, 'fail', { id }, { errorCode: 'generation_failed', charged: 'no', finishedAt: new Date() })
      : moveOne(tx, 'claim', { id }, lease()).then(() =>
          moveOne(tx, 'succeed', { id }, { finishedAt: new Date() }),
        ),
  )

describe('a campaign set', () => {
  test('queues every cell in one group, each product with its values, row by row', async () => {
    const { team, make } = await start()
    const set = await make()
    expect(set).toMatchObject({ name: 'Spring', products: ['Mug', 'Lamp'], paused: false })
    expect(set.progress).toMatchObject({ total: 4, open: 4, queued: 4, succeeded: 0, failed: 0, canceled: 0 })
    expect(set.cells.map(({ prompt, ratio }) => `${prompt} ${ratio}`)).toEqual([
      'a mug on stone 1:1',
      'a mug on stone 9:16',
      'a lamp on stone 1:1',
      'a lamp on stone 9:16',
    ])
    expect(new Set(set.cells.map(({ groupId }) => groupId))).toEqual(new Set([set.groupId]))
    const rows = await db().generation.findMany({ where: { teamId: team.id }, orderBy: { createdAt: 'asc' } })
    expect(rows.map(({ setCell }) => setCell)).toEqual([0, 1, 2, 3])
    expect(rows.every(({ request }) => JSON.stringify(request).includes(set.groupId))).toBe(true)
  })

  test('is made once for one key, also when it is asked for twice at once', async () => {
    const { team, create } = await start()
    const key = randomUUID()
    const answers = await Promise.all([create(input, key), create(input, key), create(input, key)])
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).id))
    expect(new Set(ids).size).toBe(1)
    expect(await db().generation.count({ where: { teamId: team.id } })).toBe(4)
    const other = await create({ ...input, name: 'Autumn' }, key)
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ code: 'idempotency_key_reused' })
  })

  test('is refused whole, and says why', async () => {
    const { team, create } = await start()
    const refused = async (body: object) => {
      const answer = await create({ ...input, ...body })
      expect(answer.status).toBe(422)
      return (await answer.json()).errors[0].code
    }
    expect(await refused({ products: [{ name: 'Mug', values: {} }] })).toBe('missing_value')
    expect(await refused({ products: [] })).toBe('no_products')
    expect(await refused({ products: [{ name: 'x', values: { product: 'x'.repeat(1200) } }] })).toBe(
      'too_long',
    )
    await refused({ ratios: ['1:1', '1:1'] })
    await refused({ styles: [] })
    await refused({ imageId: 5 })
    expect(await db().generation.count({ where: { teamId: team.id } })).toBe(0)
    expect(await db().campaignSet.count({ where: { teamId: team.id } })).toBe(0)
  })

  test('does not start from another team’s image', async () => {
    const { create } = await start()
    const other = await makeTeam()
    const id = await image({ ...other, maker: other.owner.id }, other.owner.id)
    const upstreamId = BigInt(Math.floor(Math.random() * 2 ** 40))
    await db().image.update({ where: { id }, data: { upstreamId } })
    const body = { ...input, styles: [], imageId: Number(upstreamId) }
    expect((await create(body)).status).toBe(404)
  })

  test('that is paused is claimed by nobody until it goes on, and what comes back waits too', async () => {
    const { make, act, fold } = await start()
    const set = await make()
    const [first] = set.cells
    if (!first) throw new Error('a set has cells')
    const { accountId } = await db().generation.findUniqueOrThrow({ where: { id: first.id } })
    await db().$transaction((tx) => moveOne(tx, 'claim', { id: first.id }, lease()))
    expect((await act(pauseRoute, set.id)).paused).toBe(true)
    await db().$transaction((tx) => moveOne(tx, 'requeue', { id: first.id }, { claimedAt: null }))
    await db().generation.updateMany({
      where: { accountId, status: 'queued', OR: [{ setId: null }, { setId: { not: set.id } }] },
      data: { notBefore: new Date(Date.now() + 60_000) },
    })
    const { generation } = await claimNext(accountId, randomUUID())
    expect(generation).toBeNull()
    expect((await fold()).items[0]?.set).toMatchObject({ paused: true, progress: { open: 4 } })
    expect((await act(continueRoute, set.id, 'DELETE')).paused).toBe(false)
    const claimed = await claimNext(accountId, randomUUID())
    expect(claimed.generation?.id).toBe(first.id)
  })

  test('tries again what failed, once for two presses, and counts each cell once', async () => {
    const { make, act } = await start()
    const set = await make()
    const [a, b, c, d] = set.cells.map(({ id }) => id)
    if (!a || !b || !c || !d) throw new Error('a set has four cells')
    await end(a, 'fail')
    await end(b, 'succeed')
    await end(c, 'fail')
    expect((await act(getRoute, set.id, 'GET')).progress).toMatchObject({ succeeded: 1, failed: 2, open: 1 })
    const [one, two] = await Promise.all([act(retryRoute, set.id), act(retryRoute, set.id)])
    expect([one.progress.failed, two.progress.failed]).toEqual([0, 0])
    expect(await db().generation.count({ where: { setId: set.id } })).toBe(6)
    const after = await act(getRoute, set.id, 'GET')
    expect(after.progress).toMatchObject({ total: 4, open: 3, succeeded: 1, failed: 0 })
    expect(after.cells.map(({ prompt, ratio }) => prompt + ratio)).toEqual(
      set.cells.map(({ prompt, ratio }) => prompt + ratio),
    )
  })

  test('is canceled free of charge, as far as it waits', async () => {
    const { make, act } = await start()
    const set = await make()
    const [first] = set.cells
    if (first) await end(first.id, 'succeed')
    await act(pauseRoute, set.id)
    const canceled = await act(cancelRoute, set.id)
    expect(canceled).toMatchObject({
      paused: false,
      progress: { succeeded: 1, failed: 0, canceled: 3, open: 0 },
    })
    expect(await db().generation.count({ where: { setId: set.id, charged: 'no', status: 'canceled' } })).toBe(
      3,
    )
  })

  test('stands once in a folded list, and is found there by any of its cells', async () => {
    const { cookie, make, fold } = await start()
    const set = await make()
    const [head, , last] = set.cells
    const { items } = await fold()
    expect(items.map(({ id }) => id)).toEqual([head?.id])
    expect(items[0]?.set).toMatchObject({ id: set.id, name: 'Spring', progress: { total: 4 } })
    expect((await fold(`&ids=${last?.id}`)).items.map(({ id }) => id)).toEqual([head?.id])
    const sets = await (await call(listRoute, '/', { cookie })).json()
    expect(sets.items).toMatchObject([{ id: set.id, progress: { open: 4 } }])
  })
})
