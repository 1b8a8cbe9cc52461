import { afterEach, describe, expect, test, vi } from 'vitest'
import { GET as usageRoute } from '@/app/api/v1/usage/route'
import { makeActor, makeGeneration, makeSandboxAccount } from '@/e2e/support/images'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import { setTimeZone } from '@/lib/budgets/server'
import { createGeneration, resolveGeneration } from '@/lib/generations/server'
import type { Edge } from '@/lib/generations/status'
import { moveOne } from '@/lib/generations/transition'
import { updateImages } from '@/lib/images/server'
import { db } from '@/lib/platform/db'
import { DAY_MS, HOUR_MS } from '@/lib/platform/durations'
import { rollUpUsage } from '@/lib/usage/rollup'
import type { UsageBy } from '@/lib/usage/dimensions'
import { getUsage } from '@/lib/usage/server'

afterEach(() => void vi.useRealTimers())

async function makeStudio() {
  const team = await makeTeam()
  const [admin, member] = [await makeActor(team, 'admin'), await makeActor(team, 'member')]
  await makeSandboxAccount()
  return { ...team, admin, member }
}

type Asked = { sample?: 1 | 2 | 4; styleId?: number }

/** A request that has been sent. */
async function send(actor: Actor, { sample = 1, styleId = 101 }: Asked = {}) {
  const request = { prompt: 'a pear', ratio: '1:1', styleId, sample, async: false } as const
  const { id } = await createGeneration(actor, request, new Headers())
  const lease = { leaseOwner: crypto.randomUUID(), leaseExpiresAt: new Date(Date.now() + DAY_MS) }
  await db().$transaction((tx) => moveOne(tx, 'claim', { id }, { ...lease, sentAt: new Date() }))
  return id
}

async function end(id: string, edge: Edge, data: object) {
  await db().$transaction((tx) => moveOne(tx, edge, { id }, { finishedAt: new Date(), ...data }))
}

async function rollAll() {
  while (await rollUpUsage()) continue
}

describe('what was used', () => {
  test('is the same before and after it is rolled up, whatever it is grouped by', async () => {
    const { admin, member } = await makeStudio()
    await end(await send(member, { sample: 4, styleId: 101 }), 'succeed', { charged: 'yes' })
    await end(await send(member, { sample: 2, styleId: 102 }), 'fail', {
      charged: 'no',
      errorCode: 'nsfw_image',
    })
    await end(await send(admin, { styleId: 102 }), 'fail', { charged: 'unknown', errorCode: 'unlisted' })
    await send(admin) // under way: not used yet
    const read = (by: UsageBy) => getUsage(admin, { by })
    const bys = ['day', 'member', 'style', 'api-key', 'set', 'outcome'] as const
    const before = await Promise.all(bys.map(read))
    const mine = (by: UsageBy) => getUsage(member, { by })
    const mineBefore = await Promise.all(bys.map(mine))
    await rollAll()
    expect(await db().usageChange.count({ where: { teamId: admin.teamId } })).toBe(0)
    expect(await Promise.all(bys.map(read))).toEqual(before)
    expect(await Promise.all(bys.map(mine))).toEqual(mineBefore)
    for (const { total } of mineBefore) expect(total).toMatchObject({ generations: 2, credits: 4 })
    for (const { total } of before)
      expect(total).toMatchObject({ generations: 3, images: 0, credits: 5, estimated: 5 })
    expect(before[1]?.items).toMatchObject([
      { key: member.userId, name: 'member', generations: 2, credits: 4 },
      { key: admin.userId, name: 'admin', generations: 1, credits: 1 },
    ])
    expect(before[5]?.items.map(({ key, generations }) => [key, generations])).toEqual([
      ['succeeded', 1],
      ['failed_charged', 1],
      ['failed_free', 1],
    ])
    expect(before[3]?.items).toMatchObject([{ key: '', name: null, generations: 3 }])
  })

  test('follows what becomes known, and what is kept, after a day was rolled up', async () => {
    const { admin, member } = await makeStudio()
    const lost = await send(member, { sample: 2 })
    await end(lost, 'lose', { charged: 'unknown', statusReason: 'lease_expired' })
    const { generation, images } = await makeGeneration(member, { count: 2 })
    await db().ledgerEntry.create({
      data: {
        ...{ kind: 'settle', accountId: generation.accountId, teamId: admin.teamId, makerId: member.userId },
        ...{ generationId: generation.id, sample: 2, images: 2, credits: 3, isEstimate: true },
      },
    })
    await rollAll()
    const total = async () => (await getUsage(admin, { by: 'member' })).total
    expect(await total()).toMatchObject({
      generations: 1,
      images: 2,
      credits: 3,
      kept: 0,
      creditsPerKept: null,
    })

    await resolveGeneration(admin, lost, 'charged')
    await updateImages(member, { ids: [images[0]?.id ?? ''], favourite: true })
    const expected = { generations: 2, images: 4, credits: 5, kept: 1, creditsPerKept: 5 }
    expect(await total()).toMatchObject(expected)
    await rollAll()
    expect(await total()).toMatchObject(expected)

    await db().image.update({ where: { id: images[0]?.id }, data: { deletedAt: new Date() } })
    expect(await total()).toMatchObject({ kept: 0 })
    await end(lost, 'revive', { charged: 'yes' })
    await rollAll()
    const { items } = await getUsage(admin, { by: 'outcome' })
    expect(items.map(({ key }) => key)).toEqual(['succeeded'])
  })

  test('is of the day on which it was asked for, in the time zone of the team, whatever that becomes', async () => {
    const { admin, member } = await makeStudio()
    await setTimeZone(admin, 'UTC')
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-08T14:30:00Z') })
    const id = await send(member)
    vi.setSystemTime(new Date('2026-03-09T03:00:00Z'))
    await end(id, 'succeed', { charged: 'yes' })
    const days = async () =>
      (await getUsage(admin, { by: 'day', from: '2026-03-01', to: '2026-03-31' })).items.map(({ key }) => key)
    await db().generation.updateMany({ where: { id }, data: { createdAt: new Date('2026-03-08T16:30:00Z') } })
    await db().usageChange.create({ data: { teamId: admin.teamId, at: new Date('2026-03-08T16:30:00Z') } })
    await rollAll()
    expect(await days()).toEqual(['2026-03-08'])
    await setTimeZone(admin, 'Asia/Seoul')
    expect(await days()).toEqual(['2026-03-09'])
    await rollAll()
    expect(await days()).toEqual(['2026-03-09'])
    expect(await db().usageDay.count({ where: { teamId: admin.teamId } })).toBe(1)
  })

  test('loses nothing that ends while a day is rolled up, by several at once', async () => {
    const { admin, member } = await makeStudio()
    const ids = await Promise.all(Array.from({ length: 30 }, () => send(member)))
    let isDone = false
    const roll = async () => {
      while (!isDone) await rollUpUsage()
    }
    const rolling = [roll(), roll()]
    for (const group of [ids.slice(0, 10), ids.slice(10, 20), ids.slice(20)])
      await Promise.all(group.map((id) => end(id, 'succeed', { charged: 'yes' })))
    isDone = true
    await Promise.all(rolling)
    await rollAll()
    const rolled = await db().usageDay.aggregate({
      where: { teamId: admin.teamId },
      _sum: { generations: true },
    })
    expect(rolled._sum.generations).toBe(30)
    expect((await getUsage(admin, { by: 'day' })).total).toMatchObject({ generations: 30, credits: 30 })
  })
})

describe('who sees it', () => {
  test('a member their own, an admin everybody’s or their own', async () => {
    const { admin, member } = await makeStudio()
    await end(await send(member), 'succeed', { charged: 'yes' })
    await end(await send(admin), 'succeed', { charged: 'yes' })
    expect((await getUsage(member, { by: 'member' })).items.map(({ key }) => key)).toEqual([member.userId])
    expect((await getUsage(admin, { by: 'member' })).items).toHaveLength(2)
    expect((await getUsage(admin, { by: 'member', whose: 'mine' })).items).toHaveLength(1)
    await expect(getUsage(member, { by: 'member', whose: 'all' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('another team’s is in none of it', async () => {
    const [one, other] = [await makeStudio(), await makeStudio()]
    await end(await send(one.member), 'succeed', { charged: 'yes' })
    await rollAll()
    expect((await getUsage(other.admin, { by: 'member' })).total).toMatchObject({
      generations: 0,
      credits: 0,
    })
  })
})

describe('over HTTP', () => {
  const get = async (team: { slug: string; owner: { email: string } }, query: string) =>
    call(usageRoute, `/api/v1/usage${query}`, { cookie: await signInAs(team.owner), team: team.slug })

  test.each([
    '?by=weather',
    '?from=2026-02-30',
    '?from=2026-03-02&to=2026-03-01',
    '?from=2020-01-01&to=2026-01-01',
  ])('refuses %s', async (query) => {
    const answer = await get(await makeTeam(), query)
    expect(answer.status).toBe(422)
  })

  test('a CSV holds what is shown, safe in a spreadsheet', async () => {
    const studio = await makeStudio()
    await db().user.update({ where: { id: studio.member.userId }, data: { name: '=SUM(A1)' } })
    await end(await send(studio.member, { sample: 2 }), 'succeed', { charged: 'yes' })
    const answer = await get(studio, '?by=member&format=csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf])) // else spreadsheets misread Hangul
    const lines = bytes.subarray(3).toString().split('\r\n')
    expect(lines[0]).toBe(
      'member,name,generations,images,kept,credits,estimated credits,credits per kept image',
    )
    expect(lines[1]).toBe(`${studio.member.userId},"'=SUM(A1)",1,0,0,2,2,`)
  })
})

/** Numbers from a seed: a sequence that fails can be run again. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

test.each([1, 2, 3])('sums are those of the ledger after any sequence: %i', async (seed) => {
  const { admin, member, id: teamId } = await makeStudio()
  const pick = random(seed)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 60 * DAY_MS })
  for (let step = 0; step < 40; step++) {
    vi.setSystemTime(Date.now() + pick(30) * HOUR_MS)
    const id = await send(pick(2) ? admin : member, {
      sample: ([1, 2, 4] as const)[pick(3)],
      styleId: 101 + pick(3),
    })
    const outcome = pick(4)
    if (outcome === 0) await end(id, 'fail', { charged: 'no', errorCode: 'nsfw_image' })
    if (outcome === 1) await end(id, 'fail', { charged: 'unknown', errorCode: 'unlisted' })
    if (outcome > 1) await end(id, 'succeed', { charged: 'yes' })
    if (pick(4) === 0) await rollUpUsage()
    if (pick(12) === 0) await setTimeZone(admin, ['UTC', 'Asia/Seoul', 'America/New_York'][pick(3)] ?? 'UTC')
  }
  const range = { from: new Date(Date.now() - 300 * DAY_MS).toISOString().slice(0, 10), to: '2030-01-01' }
  const { _sum } = await db().ledgerEntry.aggregate({
    where: { teamId, kind: { in: ['settle', 'release', 'correction'] } },
    _sum: { credits: true },
  })
  const expectIt = async () => {
    for (const by of ['day', 'style', 'outcome'] as const) {
      const { total, items } = await getUsage(admin, { ...range, to: addYear(range.from), by })
      expect(total).toMatchObject({ generations: 40, credits: Number(_sum.credits) })
      expect(items.reduce((sum, { credits }) => sum + credits, 0)).toBeCloseTo(total.credits, 8)
    }
  }
  await expectIt()
  await rollAll()
  await expectIt()
})

const addYear = (day: string) => new Date(Date.parse(day) + 366 * DAY_MS).toISOString().slice(0, 10)
