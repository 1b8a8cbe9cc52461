import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { budgetFor } from '@/e2e/support/budgets'
import { makeActor, makeSandboxAccount } from '@/e2e/support/images'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import { GET, POST } from '@/app/api/v1/notifications/route'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { askForMore, decide } from '@/lib/budgets/requests'
import { createGeneration } from '@/lib/generations/server'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { catchUp, publish } from '@/lib/platform/events'
import { seal } from '@/lib/platform/secret'
import { env } from '@/lib/platform/env'
import { checkAlerts } from '@/lib/system/alerts'

async function makeStudio() {
  const team = await makeTeam()
  return { ...team, admin: await makeActor(team, 'admin'), member: await makeActor(team, 'member') }
}

/** What somebody was told of in a team, the oldest first. */
async function toldTo({ userId }: Pick<Actor, 'userId'>, kind?: string) {
  const rows = await db().notification.findMany({ where: { userId, kind }, orderBy: { createdAt: 'asc' } })
  return rows.map(({ kind, values }) => ({ kind, ...Object(values) }))
}

async function setBalances(defaultCredit: number, monthlyCredit: number, dailyCredit = 0) {
  const { id } = await makeSandboxAccount()
  return db().upstreamAccount.update({ where: { id }, data: { defaultCredit, monthlyCredit, dailyCredit } })
}

function submit(actor: Actor, sample: 1 | 2 | 4) {
  const request = { prompt: 'a pear', ratio: '1:1', styleId: 101, sample, async: false } as const
  return createGeneration(actor, request, new Headers())
}

beforeEach(async () => {
  const { id } = await makeSandboxAccount()
  const nothing = {
    defaultCredit: null,
    monthlyCredit: null,
    dailyCredit: null,
    fullCredit: null,
    refilledAt: null,
  }
  await db().upstreamAccount.update({ where: { id }, data: { ...nothing, keyProblem: null } })
})

describe('the credits', () => {
  test('are told of at 50, 80 and 95 percent, once each, to admins and nobody else', async () => {
    const { admin, member } = await makeStudio()
    await setBalances(400, 600)
    await checkAlerts()
    expect(await toldTo(admin)).toEqual([])
    for (const left of [501, 500, 499, 499]) {
      await setBalances(left, 0)
      await checkAlerts()
    }
    expect(await toldTo(admin)).toMatchObject([{ kind: 'pool_low', percent: 50, left: 500 }])
    await setBalances(40, 0, 900) // straight past 80, whatever comes anew each day
    await Promise.all([checkAlerts(), checkAlerts()])
    expect((await toldTo(admin)).map(({ percent }) => percent)).toEqual([50, 95])
    expect(await toldTo(member)).toEqual([])
  })

  test('are told of again after a renewal, but not after a refund', async () => {
    const { admin } = await makeStudio()
    await setBalances(0, 1000)
    await setBalances(0, 480)
    await checkAlerts()
    await setBalances(0, 484)
    await setBalances(0, 470)
    await checkAlerts()
    expect(await toldTo(admin)).toHaveLength(1)
    await setBalances(0, 1000)
    await setBalances(0, 450)
    await checkAlerts()
    expect(await toldTo(admin)).toMatchObject([{ left: 480 }, { left: 450 }])
  })

  test('that nobody knows, or that were never there, are not told of', async () => {
    const { admin } = await makeStudio()
    await checkAlerts()
    await setBalances(0, 0, 10)
    await checkAlerts()
    expect(await toldTo(admin)).toEqual([])
  })
})

describe('a key that fails', () => {
  test('is told of once for as long as it does, and again when it fails anew', async () => {
    const { admin } = await makeStudio()
    const { id } = await makeSandboxAccount()
    const set = (keyProblem: string | null) =>
      db().upstreamAccount.update({ where: { id }, data: { keyProblem } })
    await set('invalid_api_key')
    await checkAlerts()
    await set('invalid_api_key')
    await checkAlerts()
    expect(await toldTo(admin, 'key_failing')).toEqual([{ kind: 'key_failing', code: 'invalid_api_key' }])
    await set(null)
    await checkAlerts()
    await set('expired_api_key')
    await checkAlerts()
    expect(await toldTo(admin, 'key_failing')).toHaveLength(2)
  })
})

describe('a stored key that cannot be read', () => {
  test('is told of once to the admins of the team that it is of, and again when another one cannot be', async () => {
    const { admin, member, owner, id: teamId } = await makeStudio()
    const { admin: stranger } = await makeStudio()
    const { id: accountId } = await makeSandboxAccount()
    const store = async (key: string) => {
      const sealed = seal('another secret', key)
      const data = { accountId, sealed, lastFour: '-one', addedById: owner.id, addedAt: new Date() }
      await db().upstreamKey.upsert({
        where: { scope: teamId },
        create: { scope: teamId, ...data },
        update: data,
      })
      await db().$transaction((tx) => publish(tx, { team: teamId, kind: 'upstream', id: teamId }))
      await catchUp()
    }
    await db().team.update({ where: { id: teamId }, data: { upstreamChoice: 'own' } })
    await store('flm-unreadable-one')
    await checkAlerts()
    await checkAlerts()
    expect(await toldTo(admin)).toEqual([{ kind: 'key_failing', code: 'key_unreadable' }])
    expect(await toldTo(member)).toEqual([])
    expect(await toldTo(stranger)).toEqual([])
    await store('flm-unreadable-two')
    await checkAlerts()
    expect(await toldTo(admin)).toHaveLength(2)
  })
})

describe('a budget', () => {
  test('of one’s own is told to them, the team’s to its admins, once in a period and share', async () => {
    const { admin, member } = await makeStudio()
    const mine = { kind: 'member', id: member.userId } as const
    await budgetFor(admin, { scope: mine, unit: 'images', window: 'day', limit: 5 })
    await budgetFor(admin, { scope: { kind: 'team' }, unit: 'credits', window: 'month', limit: 100 })
    await submit(member, 2)
    await checkAlerts()
    expect(await toldTo(member)).toEqual([])
    await submit(member, 1)
    await checkAlerts()
    await checkAlerts()
    expect(await toldTo(member)).toMatchObject([
      { kind: 'budget_near', layer: 'member', percent: 50, left: 2 },
    ])
    await submit(member, 2)
    await checkAlerts()
    expect((await toldTo(member)).map(({ percent }) => percent)).toEqual([50, 95])
    expect(await toldTo(admin)).toEqual([])
    await budgetFor(admin, { scope: { kind: 'team' }, unit: 'credits', window: 'month', limit: 6 })
    await checkAlerts()
    expect(await toldTo(admin)).toMatchObject([{ kind: 'budget_near', layer: 'team', percent: 80 }])
    expect(await toldTo(member, 'budget_near')).toHaveLength(2)
  })

  test('more of which is asked for is told to the other admins, and the answer to who asked', async () => {
    const { admin, member, owner } = await makeStudio()
    const scope = { kind: 'team' } as const
    const budgetId = await budgetFor(admin, { scope, unit: 'images', window: 'month', limit: 2 })
    const { id } = await askForMore(member, { budgetId, note: '봄 캠페인' })
    const asked = { kind: 'budget_asked', name: 'member', note: '봄 캠페인' }
    expect(await toldTo(admin)).toEqual([asked])
    expect(await toldTo({ userId: owner.id })).toEqual([asked])
    expect(await toldTo(member)).toEqual([])
    await decide(admin, id, { answer: 'granted', amount: 5 })
    expect(await toldTo(member)).toEqual([
      { kind: 'budget_answered', answer: 'granted', amount: 5, unit: 'images' },
    ])
  })
})

test('an API key is told of a week before it expires, to who made it', async () => {
  const { admin, member } = await makeStudio()
  const { id } = await createApiKey(member, { name: 'Figma', scopes: ['generate'] })
  const expireIn = (days: number) =>
    db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() + days * DAY_MS) } })
  await expireIn(8)
  await checkAlerts()
  expect(await toldTo(member)).toEqual([])
  await expireIn(6)
  await checkAlerts()
  await checkAlerts()
  expect(await toldTo(member)).toMatchObject([{ kind: 'api_key_expiring', name: 'Figma' }])
  expect(await toldTo(admin)).toEqual([])
  await db().apiKey.update({ where: { id }, data: { revokedAt: new Date() } })
})

test('an overdue backup is told of once to the admins of every team, and again when the next one is overdue', async () => {
  const { admin, member } = await makeStudio()
  env().BACKUP_DIR = '/mnt/backups'
  const goodAt = new Date(Date.now() - 3 * DAY_MS)
  const { id } = await db().backup.create({ data: { startedAt: goodAt, endedAt: goodAt, name: 'good' } })
  await checkAlerts(new Date(goodAt.getTime() + DAY_MS))
  expect(await toldTo(admin)).toEqual([])
  await checkAlerts()
  await checkAlerts()
  expect(await toldTo(admin)).toEqual([{ kind: 'backup_late', lastAt: goodAt.toISOString() }])
  expect(await toldTo(member)).toEqual([])
  const nextAt = new Date(goodAt.getTime() + DAY_MS / 2)
  await db().backup.update({ where: { id }, data: { startedAt: nextAt } })
  await checkAlerts()
  expect(await toldTo(admin)).toHaveLength(2)
  env().BACKUP_DIR = undefined
})

describe('by mail', () => {
  afterEach(() => {
    env().SMTP_URL = undefined
  })

  test('each is told the same, once, where the studio sends mail', async () => {
    env().SMTP_URL = 'smtp://127.0.0.1:1'
    const { admin, owner, id } = await makeStudio()
    await setBalances(1000, 0)
    await setBalances(400, 0)
    await checkAlerts()
    await checkAlerts()
    const mails = await db().mail.findMany({ where: { teamId: id, kind: 'notice' } })
    expect(mails.map(({ userId }) => userId).toSorted()).toEqual([admin.userId, owner.id].toSorted())
  })
})

describe('over HTTP', () => {
  test('a person sees their own, of teams that they are in, until they have seen it', async () => {
    const { member, admin, id: teamId } = await makeStudio()
    const budgetId = await budgetFor(admin, {
      scope: { kind: 'team' },
      unit: 'images',
      window: 'month',
      limit: 2,
    })
    const { id } = await askForMore(member, { budgetId, note: '' })
    await decide(admin, id, { answer: 'declined' })
    const { email } = await db().user.findUniqueOrThrow({ where: { id: member.userId } })
    const cookie = await signInAs({ email })
    const get = async () => (await call(GET, '/api/v1/notifications', { cookie })).json()
    expect(await get()).toMatchObject({
      unread: 1,
      items: [{ isRead: false, notice: { kind: 'budget_answered', answer: 'declined', amount: null } }],
    })
    const [seen] = (await get()).items
    await decide(admin, (await askForMore(member, { budgetId, note: '' })).id, { answer: 'declined' })
    const mark = (query = '') =>
      call(POST, `/api/v1/notifications${query}`, { cookie, method: 'POST' }).then(({ status }) => status)
    expect(await mark(`?upTo=${crypto.randomUUID()}`)).toBe(204)
    expect(await get()).toMatchObject({ unread: 2 })
    expect(await mark(`?upTo=${seen.id}`)).toBe(204)
    expect(await get()).toMatchObject({ unread: 1, items: [{ isRead: false }, { isRead: true }] })
    expect(await mark()).toBe(204)
    expect(await get()).toMatchObject({ unread: 0, items: [{ isRead: true }, { isRead: true }] })
    await db().membership.deleteMany({ where: { teamId, userId: member.userId } })
    expect(await get()).toEqual({ unread: 0, items: [] })
  })
})
