import { afterEach, expect, test, vi } from 'vitest'
import { budgetFor, countersOf, ledgerOf } from '@/e2e/support/budgets'
import { makeActor } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import { budgetInput } from '@/lib/budgets/schema'
import { setBudget } from '@/lib/budgets/server'
import { recordBalances } from '@/lib/credits/server'
import { cancelQueued } from '@/lib/generations/cancel'
import { createGeneration, resolveGeneration } from '@/lib/generations/server'
import { moveOne } from '@/lib/generations/transition'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { isAppError } from '@/lib/platform/errors'
import { sqlTransaction } from '@/lib/platform/sql-transaction'
import type { Edge } from '@/lib/generations/status'

const STEPS = 60
afterEach(() => void vi.useRealTimers())

/** Numbers from a seed: a sequence that fails can be run again. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

type Call = { id: string; owner: string; sentAt: Date; cost: number }

/** A team whose members submit, whose calls end in every way, and an account that pays for them. */
class World {
  readonly calls: Call[] = []
  readonly unknown: string[] = []
  balance = 10_000.3
  constructor(
    readonly team: { id: string },
    readonly admin: Actor,
    readonly members: Actor[],
    readonly pick: (below: number) => number,
  ) {}

  one<T>(items: readonly T[]): T | undefined {
    return items[this.pick(items.length)]
  }

  async submit(): Promise<void> {
    const actor = this.one(this.members) ?? this.admin
    const sample = this.one([1, 2, 4] as const) ?? 1
    const request = { prompt: 'a pear', ratio: '1:1', styleId: 101, sample, async: false } as const
    const before = await countersOf(this.team.id)
    try {
      await createGeneration(actor, request, new Headers())
      const changed = (await countersOf(this.team.id)).filter(
        ({ id, held }) => held !== (before.find((one) => one.id === id)?.held ?? 0),
      )
      for (const { used, held, limit, extra } of changed)
        expect(used + held, 'nothing is let through over the cap').toBeLessThanOrEqual(limit + extra)
    } catch (error) {
      if (!isAppError(error) || error.code !== 'budget_exceeded') throw error
      const { left, needed } = error.extension as { left: number; needed: number } // as BudgetRefusal
      expect(needed, 'nothing is refused that is covered').toBeGreaterThan(left)
      expect(await countersOf(this.team.id), 'a refusal takes nothing').toEqual(before)
    }
  }

  async claim(): Promise<void> {
    const queued = await db().generation.findMany({ where: { teamId: this.team.id, status: 'queued' } })
    const next = this.one(queued)
    if (!next) return
    const lease = { leaseOwner: crypto.randomUUID(), leaseExpiresAt: new Date(Date.now() + DAY_MS) }
    const data = { ...lease, sentAt: new Date() }
    if (await db().$transaction((tx) => moveOne(tx, 'claim', { id: next.id }, data)))
      this.calls.push({ id: next.id, owner: lease.leaseOwner, sentAt: data.sentAt, cost: next.sample * 1.1 })
  }

  async end(edge: Edge, data: object, { isPaid = false, isTold = false } = {}): Promise<void> {
    const call = this.calls.splice(this.pick(this.calls.length), 1)[0]
    if (!call) return
    if (isPaid) this.balance -= call.cost
    vi.setSystemTime(Date.now() + 1_000)
    await db().$transaction(async (tx) => {
      const tell = async () => (isTold ? [await recordBalances(tx, this.seen(call))] : [])
      await moveOne(tx, edge, { ...call, record: tell }, { finishedAt: new Date(), ...data })
    })
    if (edge === 'lose') this.unknown.push(call.id)
  }

  seen(call?: Call) {
    const balances = { defaultCredit: this.balance, dailyCredit: 0.1, monthlyCredit: 0 }
    const at = { sentAt: call?.sentAt ?? new Date(), receivedAt: new Date() }
    return { accountId: this.accountId, generationId: call?.id, ...balances, ...at }
  }
  accountId = ''

  async buy(): Promise<void> {
    this.balance += this.pick(50)
    vi.setSystemTime(Date.now() + 1_000)
    await db().$transaction((tx) => recordBalances(tx, this.seen()))
  }

  async settleByPerson(): Promise<void> {
    const id = this.unknown.splice(this.pick(this.unknown.length), 1)[0]
    if (id) await resolveGeneration(this.admin, id, this.pick(2) ? 'charged' : 'not_charged')
  }

  async cancel(): Promise<void> {
    const makerId = this.one(this.members)?.userId
    await db().$transaction((tx) => cancelQueued(tx, { teamId: this.team.id, makerId }))
  }

  async changeBudget(): Promise<void> {
    const limit = this.pick(40)
    const scope = this.one([{ kind: 'team' }, { kind: 'role', id: 'member' }] as const)
    const unit = scope?.kind === 'team' ? 'credits' : 'images'
    await setBudget(this.admin, budgetInput.parse({ scope, unit, window: 'day', limit }))
  }

  step(): Promise<void> {
    const acts = [
      ...[
        () => this.submit(),
        () => this.submit(),
        () => this.submit(),
        () => this.claim(),
        () => this.claim(),
      ],
      () => this.end('succeed', { charged: 'yes' }, { isPaid: true, isTold: true }),
      () => this.end('succeed', { charged: 'yes' }, { isPaid: true, isTold: true }),
      () => this.end('fail', { charged: 'no', errorCode: 'nsfw_image' }),
      () => this.end('fail', { charged: 'unknown', errorCode: 'unlisted' }, { isPaid: this.pick(2) > 0 }),
      () => this.end('lose', { charged: 'unknown', statusReason: 'lease_expired' }, { isPaid: true }),
      ...[() => this.settleByPerson(), () => this.cancel(), () => this.changeBudget(), () => this.buy()],
      async () => void vi.setSystemTime(Date.now() + DAY_MS / 2),
    ]
    return this.one(acts)?.() ?? Promise.resolve()
  }
}

async function makeWorld(seed: number): Promise<World> {
  const team = await makeTeam()
  const admin = await makeActor(team, 'admin')
  const members = [await makeActor(team, 'member'), await makeActor(team, 'member')]
  const world = new World(team, admin, members, random(seed))
  const account = await db().upstreamAccount.upsert({
    where: { kind_keyFingerprint: { kind: 'sandbox', keyFingerprint: 'sandbox' } },
    create: { kind: 'sandbox', keyFingerprint: 'sandbox', baseUrl: 'http://127.0.0.1:4010' },
    update: {},
  })
  world.accountId = account.id
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seed * 400 * DAY_MS })
  await db().$transaction((tx) => recordBalances(tx, world.seen()))
  await budgetFor(admin, { scope: { kind: 'role', id: 'member' }, unit: 'images', window: 'day', limit: 20 })
  await budgetFor(admin, { scope: { kind: 'team' }, unit: 'credits', window: 'day', limit: 30 })
  return world
}

/** What the rows must add up to, read anew. */
async function expectSumsToMatch({ team }: World): Promise<void> {
  const rows = await db().ledgerEntry.findMany({ where: { teamId: team.id, kind: { not: 'fall' } } })
  const generations = await db().generation.findMany({ where: { teamId: team.id } })
  for (const { id, status } of generations) {
    const own = rows.filter(({ generationId }) => generationId === id)
    const ends = own.filter(({ kind }) => kind === 'settle' || kind === 'release')
    expect(own.filter(({ kind }) => kind === 'hold')).toHaveLength(1)
    expect(ends).toHaveLength(['succeeded', 'failed', 'canceled'].includes(status) ? 1 : 0)
  }
  for (const { id, unit, used, held } of await countersOf(team.id)) {
    const mine = rows.filter(({ kind, counters }) => kind === 'hold' && counters.includes(id))
    const amount = (row: (typeof rows)[number]) => (unit === 'images' ? row.images : Number(row.credits))
    const endsOf = (generationId: string | null) =>
      rows.filter((row) => row.generationId === generationId && row.kind !== 'hold')
    const open = mine.filter(({ generationId }) => endsOf(generationId).length === 0)
    expect(held).toBeCloseTo(sum(open.map(amount)), 8)
    expect(used).toBeCloseTo(sum(mine.flatMap(({ generationId }) => endsOf(generationId)).map(amount)), 8)
    expect(Math.min(held, used)).toBeGreaterThanOrEqual(0)
  }
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'whatever happens, sums are equal and caps are kept: sequence %i',
  async (seed) => {
    const world = await makeWorld(seed)
    const first = await db().ledgerEntry.aggregate({ _max: { id: true } })
    const begin = world.balance
    for (let step = 0; step < STEPS; step++) {
      await world.step()
      if (step % 10 === 9) await expectSumsToMatch(world)
    }
    await db().$transaction((tx) =>
      recordBalances(tx, { ...world.seen(), receivedAt: new Date(Date.now() + 1) }),
    )
    await expectSumsToMatch(world)
    const pool = await db().ledgerEntry.findMany({
      where: { accountId: world.accountId, kind: { in: ['fall', 'rise'] }, id: { gt: first._max.id ?? 0 } },
    })
    const fell = (rows: typeof pool) =>
      sum(rows.filter(({ kind }) => kind === 'fall').map(({ credits }) => Number(credits)))
    const rose = sum(pool.filter(({ kind }) => kind === 'rise').map(({ credits }) => Number(credits)))
    const byMember = world.members.map(({ userId }) => fell(pool.filter(({ makerId }) => makerId === userId)))
    const unattributed = fell(pool.filter(({ makerId }) => makerId === null))
    expect(sum(byMember) + unattributed - rose).toBeCloseTo(begin - world.balance, 6)
    expect(await ledgerOf({ teamId: world.team.id })).not.toEqual([])
  },
)

test('answers of two calls that are written down at once count the pool once', async () => {
  const world = await makeWorld(20)
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000)
  const before = (await ledgerOf({ accountId: world.accountId })).length
  const tell = (defaultCredit: number, seconds: number) =>
    db().$transaction((tx) =>
      recordBalances(tx, { ...world.seen(), defaultCredit, sentAt: at(0), receivedAt: at(seconds) }),
    )
  await Promise.all([5, 3, 1, 4, 2].map((n) => tell(world.balance - n, n)))
  const rows = (await ledgerOf({ accountId: world.accountId })).slice(before)
  expect(sum(rows.map(({ kind, credits }) => (kind === 'fall' ? credits : -credits)))).toBeCloseTo(5, 8)
})

test('of two answers of the same moment one is kept, and the ledger says what it says', async () => {
  const world = await makeWorld(21)
  const before = (await ledgerOf({ accountId: world.accountId })).length
  vi.setSystemTime(Date.now() + 1_000)
  const seen = world.seen()
  const tell = (spent: number) =>
    sqlTransaction((tx) => recordBalances(tx, { ...seen, defaultCredit: world.balance - spent }))
  await Promise.all([3, 4, 5].map(tell))
  const rows = (await ledgerOf({ accountId: world.accountId })).slice(before)
  const { defaultCredit } = await db().upstreamAccount.findUniqueOrThrow({ where: { id: world.accountId } })
  expect([3, 4, 5].map((spent) => world.balance - spent)).toContain(defaultCredit)
  expect(rows.map(({ kind, credits }) => ({ kind, left: world.balance - credits }))).toEqual([
    { kind: 'fall', left: expect.closeTo(defaultCredit ?? 0, 8) },
  ])
})

test('a fall is a call’s own only where no other was under way meanwhile', async () => {
  const world = await makeWorld(30)
  const isLeftByOthers = { finishedAt: null, sentAt: { not: null } }
  await db().generation.updateMany({ where: isLeftByOthers, data: { finishedAt: new Date(0) } })
  const paid = () => world.end('succeed', { charged: 'yes' }, { isPaid: true, isTold: true })
  const begin = async () => {
    vi.setSystemTime(Date.now() + 1_000)
    await world.submit()
    await world.claim()
  }
  await begin()
  await begin()
  expect(world.calls).toHaveLength(2)
  await paid()
  await paid()
  await begin()
  await paid()
  const falls = (await ledgerOf({ accountId: world.accountId }))
    .filter(({ kind }) => kind === 'fall')
    .slice(-3)
  expect(falls.map(({ generationId }) => generationId !== null)).toEqual([false, false, true])
})

test('a fall is nobody’s where a balance rose in the same moment', async () => {
  const world = await makeWorld(31)
  vi.setSystemTime(Date.now() + 1_000)
  await world.submit()
  await world.claim()
  const [call] = world.calls
  vi.setSystemTime(Date.now() + 1_000)
  const seen = { ...world.seen(call), dailyCredit: 50, defaultCredit: world.balance - 1 }
  await db().$transaction((tx) => recordBalances(tx, seen))
  const rows = (await ledgerOf({ accountId: world.accountId })).slice(-2)
  expect(rows.map(({ kind, generationId }) => [kind, generationId]).toSorted()).toEqual([
    ['fall', null],
    ['rise', null],
  ])
})
