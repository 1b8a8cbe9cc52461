import pg from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import { POST as create } from '@/app/api/images/create/route'
import { textOf } from '@/e2e/support/held-answers'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { budgetFor, countersOf } from '@/e2e/support/budgets'
import type { Actor } from '@/lib/access/actor'
import { createApiKey } from '@/lib/api-keys/server'
import { db } from '@/lib/platform/db'
import { analyzeGrown } from '@/lib/platform/planner-statistics'

const CREATES = 8
/** What an account has that never said how many. */
const SLOTS = 3
const STATEMENTS_MAX = 10
const TRANSACTIONS_MAX = 3
const CLAIMS_MAX = 1.2

const isStatement = (text: string) => /^(?!BEGIN|COMMIT|SET )/.test(text)
const isPrepared = (text: string) => text.startsWith('/* prepared */')
const isBegin = (text: string) => text.startsWith('BEGIN')
const isClaim = (text: string) => text.includes('FOR NO KEY UPDATE')

const pipeline = setUpPipeline()
beforeAll(() => void pipeline.dispatch())

test('a create through the drop-in costs the database no more than it has to', async () => {
  const { creates } = await createsOf(await makeActor(await makeTeam(), 'member'))
  expect(middle(creates, isStatement)).toBeLessThanOrEqual(STATEMENTS_MAX)
  expect(middle(creates, isBegin)).toBeLessThanOrEqual(TRANSACTIONS_MAX)
  expect(creates.flat().filter(isClaim).length / CREATES).toBeLessThanOrEqual(CLAIMS_MAX)
})

test('nobody looks for a slot while all are used, however much is queued meanwhile', async () => {
  const { secret } = await createApiKey(await makeActor(await makeTeam(), 'member'), {
    name: 'test',
    scopes: ['generate'],
  })
  await ask(secret, 'the first')
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const clients = Array.from({ length: 3 * SLOTS }, async (_, client) => {
    for (let n = 0; n < CREATES; n++) await ask(secret, `of many, ${client}, ${n}`)
  })
  await Promise.all(clients)
  const claims = query.mock.calls.filter(([asked]) => isClaim(textOf(asked))).length
  query.mockRestore()
  expect(claims / (clients.length * CREATES)).toBeLessThanOrEqual(CLAIMS_MAX)
})

test('a budget in force adds no statement to a create, and one that counts requests at once adds one', async () => {
  const team = await makeTeam()
  const [admin, actor] = [await makeActor(team, 'admin'), await makeActor(team, 'member')]
  const without = await createsOf(actor)
  const scope = { kind: 'member', id: actor.userId } as const
  await budgetFor(admin, { scope, unit: 'images', window: 'day', limit: 100 })
  await budgetFor(admin, { scope: { kind: 'team' }, unit: 'credits', window: 'month', limit: 100 })
  const within = await createsOf(actor)
  expect(middle(within.creates, isStatement)).toBe(middle(without.creates, isStatement))
  expect((await countersOf(team.id)).map(({ used }) => used)).toEqual([2 * (CREATES + 1), 2 * (CREATES + 1)]) // a new one begins with what its period used
  await budgetFor(admin, { scope, unit: 'requests', window: 'at_once', limit: 5 })
  const counted = await createsOf(actor)
  expect(middle(counted.creates, isStatement)).toBe((middle(without.creates, isStatement) ?? 0) + 1)
})

test('the statements of a create are planned once, and go on when the next release has added columns', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  await createsOf(actor)
  for (const table of ['Generation', 'Image', 'Blob', 'UpstreamAccount', 'LedgerEntry', 'CreditSnapshot'])
    await db().$executeRawUnsafe(`ALTER TABLE "${table}" ADD COLUMN "ofTheNextRelease" int`)
  const { creates } = await createsOf(actor)
  expect(middle(creates, isStatement)).toBe(middle(creates, isPrepared))
})

test('a create reads no more where an account has generated much', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const { secret } = await createApiKey(actor, { name: 'test', scopes: ['generate'] })
  await db().$executeRaw`ALTER TABLE "Generation" SET (autovacuum_enabled = off)`
  for (let n = 0; n < 2 * CREATES; n++) await ask(secret, `of few, ${n}`) // the connections keep their plans
  await db().$executeRaw`
    INSERT INTO "Generation" (id, "teamId", "makerId", principal, "accountId", "groupId", prompt, ratio, sample, "sourceKind", "styleId",
      request, "requestHash", status, charged, "createdAt", "claimedAt", "sentAt", "finishedAt", "answeredAt")
    SELECT gen_random_uuid(), "teamId", "makerId", principal, "accountId", "groupId", prompt, ratio, sample, "sourceKind", "styleId",
      request, 'of long ago', status, charged, "createdAt" - ago, "claimedAt" - ago, "sentAt" - ago, "finishedAt" - ago, now()
    FROM "Generation", LATERAL (SELECT n * interval '1 minute' AS ago FROM generate_series(10, 20000) n) past
    WHERE "teamId" = ${actor.teamId}::uuid LIMIT 20000`
  await expect.poll(analyzeGrown).toContain('"Generation"') // what is written is counted within a second
  for (let n = 0; n < CREATES; n++) await ask(secret, `before, ${n}`) // what their connections counted until then is told
  const before = await readsOf('Generation')
  for (let n = 0; n < CREATES; n++) await ask(secret, `of many, ${n}`)
  // told together: an insert, and what its statement read
  await expect
    .poll(async () => (await readsOf('Generation')).inserted - before.inserted)
    .toBeGreaterThanOrEqual(CREATES)
  expect((await readsOf('Generation')).rows - before.rows).toBeLessThan(CREATES * 500)
})

/** How many rows of a table were ever read, and written. */
async function readsOf(table: string) {
  const [found] = await db().$queryRaw<{ rows: number; inserted: number }[]>`
    SELECT (seq_tup_read + idx_tup_fetch)::int AS rows, n_tup_ins::int AS inserted
    FROM pg_stat_user_tables WHERE relname = ${table}`
  return found ?? { rows: 0, inserted: 0 }
}

/** The statements of each of some creates with a new key of the actor's. */
async function createsOf(actor: Actor) {
  const { secret } = await createApiKey(actor, { name: 'test', scopes: ['generate'] })
  await ask(secret, 'the first makes the account and notes the use of the key')
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const creates: string[][] = []
  for (let n = 0; n < CREATES; n++) {
    query.mockClear()
    await ask(secret, `a unicorn, ${n}`)
    creates.push(query.mock.calls.map(([asked]) => textOf(asked)).filter((text) => !isSweep(text)))
  }
  query.mockRestore()
  return { creates }
}

/** How many such statements the middle create makes: what a timer asks beside them falls into one or two. */
const middle = (creates: string[][], isMeant: (text: string) => boolean) =>
  creates.map((texts) => texts.filter(isMeant).length).toSorted((x, y) => x - y)[CREATES / 2]

async function ask(secret: string, prompt: string): Promise<void> {
  const response = await create(
    new Request('http://127.0.0.1:3000/api/images/create', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': secret },
      body: JSON.stringify({ prompt, styleId: 352, ratio: '1:1', sample: 1 }),
    }),
  )
  expect(response.status).toBe(201)
  await response.arrayBuffer()
}

/** What the dispatcher and the live events ask once a second or less, whether or not anything is created. */
const isSweep = (text: string) =>
  /"UpstreamAccount" a\b|"queueDeadline" < now\(\)|"leaseExpiresAt" < now\(\)|"hasQueued"|^SELECT 1$|proof/.test(
    text,
  )
