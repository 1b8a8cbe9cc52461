import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { budgetFor, countersOf, ledgerOf } from '@/e2e/support/budgets'
import { makeActor } from '@/e2e/support/images'
import { makeMember, makeTeam } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { listBudgets, removeBudget, setBudget, setTimeZone } from '@/lib/budgets/server'
import { listStandings } from '@/lib/budgets/standing'
import { createCampaignSet } from '@/lib/campaign-sets/server'
import { cancelQueued } from '@/lib/generations/cancel'
import { createGeneration, resolveGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'

afterEach(() => void vi.useRealTimers())

async function team() {
  const made = await makeTeam()
  const admin = await makeActor(made, 'admin')
  return { ...made, admin, member: await makeActor(made, 'member') }
}

type Asked = { sample?: 1 | 2 | 4; key?: string }

function submit(actor: Actor, { sample = 1, key = crypto.randomUUID() }: Asked = {}) {
  const request = { prompt: 'a pear', ratio: '1:1', styleId: 101, sample, async: false } as const
  return createGeneration(actor, request, new Headers({ 'idempotency-key': key }))
}

const mine = (actor: Actor) => ({ kind: 'member', id: actor.userId }) as const
const exceeded = (more: object) => ({
  code: 'budget_exceeded',
  status: 403,
  extension: expect.objectContaining(more),
})

describe('a budget', () => {
  test('lets fifty of two hundred through that several processes ask for at once', async () => {
    const { admin, member, id } = await team()
    await submit(admin) // makes the account
    await budgetFor(admin, { scope: mine(member), unit: 'images', window: 'month', limit: 50 })
    const run = promisify(execFile)
    const args = ['--conditions=react-server', '--import', 'tsx', 'e2e/support/submit-many-main.ts']
    const children = Array.from({ length: 4 }, () =>
      run(process.execPath, [...args, JSON.stringify([member, 50])], { env: process.env }),
    )
    const through = (await Promise.all(children)).map(({ stdout }) => Number(stdout))
    expect(through.reduce((sum, one) => sum + one, 0)).toBe(50)
    expect(await db().generation.count({ where: { teamId: id, makerId: member.userId } })).toBe(50)
    expect(await countersOf(id)).toMatchObject([{ used: 0, held: 50 }])
    expect((await ledgerOf({ teamId: id })).filter(({ makerId }) => makerId === member.userId)).toHaveLength(
      50,
    )
  })

  test('refuses with whose it is, what is left and when it renews, and nothing is left behind', async () => {
    const { admin, member, id } = await team()
    const budgetId = await budgetFor(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 3 })
    await submit(member, { sample: 2 })
    const refused = submit(member, { sample: 2 })
    await expect(refused).rejects.toMatchObject(
      exceeded({ budgetId, layer: 'member', unit: 'images', window: 'day', limit: 3, left: 1, needed: 2 }),
    )
    const midnight = expect.stringMatching(/T15:00:00\.000Z$/) // in Seoul
    await expect(refused).rejects.toMatchObject(exceeded({ resetsAt: midnight }))
    expect(await countersOf(id)).toMatchObject([{ used: 0, held: 2 }])
    expect(await db().generation.count({ where: { teamId: id } })).toBe(1)
    await submit(member)
  })

  test('is given back what is canceled, and the same request again takes nothing more', async () => {
    const { admin, member, id } = await team()
    await budgetFor(admin, { scope: mine(member), unit: 'images', window: 'week', limit: 4 })
    const { id: generationId } = await submit(member, { sample: 4, key: 'once' })
    await submit(member, { sample: 4, key: 'once' })
    expect(await countersOf(id)).toMatchObject([{ held: 4 }])
    await db().$transaction((tx) => cancelQueued(tx, { id: generationId }))
    expect(await countersOf(id)).toMatchObject([{ used: 0, held: 0 }])
    expect((await ledgerOf({ teamId: id })).map(({ kind }) => kind)).toEqual(['hold', 'release'])
    await submit(member, { sample: 4 })
  })

  test('of a role is each member’s, and a budget of one’s own stands in for it', async () => {
    const { admin, member, ...of } = await team()
    const other = await makeActor(of, 'member')
    await setBudget(admin, { scope: { kind: 'role', id: 'member' }, unit: 'images', window: 'day', limit: 1 })
    await submit(member)
    await submit(other)
    await submit(admin)
    await expect(submit(member)).rejects.toMatchObject(exceeded({ layer: 'role', left: 0 }))
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 2 })
    await submit(member)
    await expect(submit(member)).rejects.toMatchObject(exceeded({ layer: 'member', left: 0 }))
    await expect(submit(other)).rejects.toMatchObject(exceeded({ layer: 'role', left: 0 }))
    const [own, role] = (await listBudgets(admin)).items
    expect(own).toMatchObject({ scope: { kind: 'member', id: member.userId }, used: 1, held: 1 })
    expect(role).toMatchObject({ scope: { kind: 'role', id: 'member' }, used: 0, held: 2 })
    expect(role?.standings.map(({ held }) => held)).toEqual([1, 1])
  })

  test('of the team is everybody’s, and of a key what is asked with it', async () => {
    const { admin, member, id } = await team()
    const apiKey = await createApiKey(member, { name: 'plugin', scopes: ['generate'] })
    const { sessionId: _, ...person } = member as Actor & { sessionId: string } // made as a session's
    const machine: Actor = { ...person, via: 'api-key', apiKeyId: apiKey.id, principal: `key:${apiKey.id}` }
    await setBudget(admin, {
      scope: { kind: 'api-key', id: apiKey.id },
      unit: 'images',
      window: 'day',
      limit: 1,
    })
    await setBudget(admin, { scope: { kind: 'team' }, unit: 'images', window: 'month', limit: 3 })
    await submit(machine)
    await expect(submit(machine)).rejects.toMatchObject(exceeded({ layer: 'api-key' }))
    await submit(member)
    await submit(admin)
    await expect(submit(admin)).rejects.toMatchObject(exceeded({ layer: 'team', left: 0 }))
    expect((await countersOf(id)).map(({ held }) => held)).toEqual([1, 3])
    expect((await listBudgets(admin)).items).toMatchObject([
      { scope: { kind: 'api-key', id: apiKey.id, name: 'plugin' }, used: 0, held: 1 },
      { scope: { kind: 'team' }, used: 0, held: 3 },
    ])
    const audited = await db().auditEntry.findMany({ where: { teamId: id, act: 'budget.set' } })
    expect(audited.map(({ detail }) => detail)).toMatchObject([{ scope: 'api-key' }, { scope: 'team' }])
  })

  test('of requests counts what is under way, also when they are asked for at once', async () => {
    const { admin, member, id } = await team()
    await setBudget(admin, { scope: mine(member), unit: 'requests', window: 'at_once', limit: 2 })
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => submit(member)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    await expect(submit(member)).rejects.toMatchObject(
      exceeded({ unit: 'requests', resetsAt: null, held: 3 }),
    )
    await submit(admin)
    await db().$transaction((tx) => cancelQueued(tx, { teamId: id, makerId: member.userId }))
    await submit(member)
  })

  test('is taken from by a whole set or not at all', async () => {
    const { admin, member, id } = await team()
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 5 })
    const plan = (ratios: ('1:1' | '9:16' | '16:9')[]) => ({
      ...{ name: 'Spring', prompt: 'a pear', sample: 2 as const, ratios, styles: [101], products: [] },
    })
    const refused = createCampaignSet(member, plan(['1:1', '9:16', '16:9']), new Headers())
    await expect(refused).rejects.toMatchObject(exceeded({ left: 5, needed: 6 }))
    expect(await db().campaignSet.count({ where: { teamId: id } })).toBe(0)
    expect(await ledgerOf({ teamId: id })).toEqual([])
    await createCampaignSet(member, plan(['1:1', '9:16']), new Headers())
    expect(await countersOf(id)).toMatchObject([{ held: 4 }])
  })

  test('counts what its period used before it was set, and what was counted when it is set again', async () => {
    const { admin, member, id } = await team()
    const { id: generationId } = await submit(member, { sample: 2 })
    await submit(member)
    const data = { status: 'unknown', sentAt: new Date(), finishedAt: new Date() } as const
    await db().generation.update({ where: { id: generationId }, data })
    await resolveGeneration(member, generationId, 'charged')
    const budgetId = await budgetFor(admin, {
      scope: mine(member),
      unit: 'images',
      window: 'month',
      limit: 3,
    })
    // the other one may still be charged, and this budget will not hear of it
    expect(await countersOf(id)).toMatchObject([{ used: 3, held: 0 }])
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'month', limit: 4 })
    await submit(member)
    await removeBudget(admin, budgetId)
    await submit(member, { sample: 4 })
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'month', limit: 9 })
    expect(await countersOf(id)).toMatchObject([{ used: 7, held: 1 }])
    await submit(member)
    await expect(submit(member)).rejects.toMatchObject(exceeded({ left: 0 }))
  })

  test('that is lowered below what is used refuses at once, and raised lets through again', async () => {
    const { admin, member, id } = await team()
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 10 })
    const { id: generationId } = await submit(member, { sample: 4 })
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 1 })
    await expect(submit(member)).rejects.toMatchObject(exceeded({ left: 0, held: 4, limit: 1 }))
    await db().$transaction((tx) => cancelQueued(tx, { id: generationId }))
    expect(await countersOf(id)).toMatchObject([{ used: 0, held: 0 }])
    await submit(member)
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 5 })
    await submit(member, { sample: 4 })
  })

  test('is only of people and keys that the team has', async () => {
    const { admin } = await team()
    const stranger = await makeMember((await makeTeam()).id, 'member')
    for (const kind of ['member', 'api-key'] as const) {
      const input = { scope: { kind, id: stranger.id }, unit: 'images', window: 'day', limit: 1 } as const
      await expect(setBudget(admin, input)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('a period', () => {
  const at = (iso: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(iso) })

  test.each(
    (
      [
        ['Asia/Seoul', 'day', '2026-11-27T14:59:59Z', '2026-11-27T15:00:00Z', '2026-11-28T15:00:00.000Z'],
        ['UTC', 'day', '2026-11-27T23:59:59Z', '2026-11-28T00:00:00Z', '2026-11-29T00:00:00.000Z'],
        // 23 hours: the clocks of Berlin go forward on 29 March 2026
        ['Europe/Berlin', 'day', '2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00.000Z'],
        // 25 hours: and back on 25 October
        ['Europe/Berlin', 'day', '2026-10-24T21:59:59Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00.000Z'],
        [
          'Europe/Berlin',
          'month',
          '2026-03-31T21:59:59Z',
          '2026-03-31T22:00:00Z',
          '2026-04-30T22:00:00.000Z',
        ],
        ['Asia/Seoul', 'week', '2026-11-29T14:59:59Z', '2026-11-29T15:00:00Z', '2026-12-06T15:00:00.000Z'],
      ] as const
    ).map(([zone, window, before, after, next]) => ({ zone, window, before, after, next })),
  )('in $zone, a $window, ends between $before and $after', async ({ zone, window, before, after, next }) => {
    const { admin, member } = await team()
    await setTimeZone(admin, zone)
    at(before)
    await setBudget(admin, { scope: mine(member), unit: 'images', window, limit: 1 })
    await submit(member)
    await expect(submit(member)).rejects.toMatchObject(exceeded({ resetsAt: new Date(after).toISOString() }))
    at(after)
    await submit(member)
    await expect(submit(member)).rejects.toMatchObject(exceeded({ left: 0, resetsAt: next }))
  })

  test('settles what was held in it, also when it has ended', async () => {
    const { admin, member, id } = await team()
    at('2026-11-27T12:00:00Z')
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'day', limit: 2 })
    const { id: generationId } = await submit(member, { sample: 2 })
    at('2026-11-28T12:00:00Z')
    await submit(member)
    await db().$transaction((tx) => cancelQueued(tx, { id: generationId }))
    expect(await countersOf(id)).toMatchObject([
      { period: '2026-11-27', held: 0 },
      { period: '2026-11-28', held: 1 },
    ])
  })

  test('goes on when the team moves to another time zone', async () => {
    const { admin, member, id } = await team()
    await setBudget(admin, { scope: mine(member), unit: 'images', window: 'month', limit: 2 })
    at('2026-11-15T12:00:00Z')
    await submit(member)
    for (const zone of ['Asia/Seoul', 'America/Los_Angeles']) await setTimeZone(admin, zone)
    await submit(member)
    expect(await countersOf(id)).toMatchObject([{ period: '2026-11-01', held: 2 }])
    await expect(setTimeZone(admin, 'Mars/Olympus')).rejects.toMatchObject({ code: 'validation_failed' })
  })
})

test('the standing of everybody says what they have left', async () => {
  const { admin, member } = await team()
  await setBudget(admin, { scope: mine(member), unit: 'credits', window: 'day', limit: 7 })
  await setBudget(admin, { scope: { kind: 'team' }, unit: 'images', window: 'day', limit: 9 })
  await submit(member, { sample: 4 })
  expect(await listStandings(member)).toMatchObject([
    { layer: 'member', unit: 'credits', limit: 7, held: 4, left: 3 },
    { layer: 'team', unit: 'images', limit: 9, held: 4, left: 5 },
  ])
  expect(await listStandings(admin)).toMatchObject([{ layer: 'team', left: 5 }])
})
