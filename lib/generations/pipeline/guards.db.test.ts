import { beforeEach, expect, test, vi } from 'vitest'
import { makeTeam } from '@/e2e/support/people'
import { makeActor } from '@/e2e/support/images'
import { setUpPipeline } from '@/e2e/support/pipeline'
import { connectTo } from '@/e2e/support/tcp-proxy'
import type { Actor } from '@/lib/access/actor'
import { insertGeneration } from '@/lib/generations/create'
import { renewLease } from '@/lib/generations/pipeline/lease'
import { claimNext } from '@/lib/generations/pipeline/queue'
import { Receiver } from '@/lib/generations/pipeline/receive'
import { settle } from '@/lib/generations/pipeline/settle'
import { settleAnyway } from '@/lib/generations/pipeline/unsettled'
import { setQueueMode } from '@/lib/generations/queue/server'
import { cancelGeneration, createGeneration } from '@/lib/generations/server'
import type { Edge } from '@/lib/generations/status'
import { moveOne } from '@/lib/generations/transition'
import { db } from '@/lib/platform/db'
import { serverAccountId } from '@/lib/upstream/server'
import type { Outcome } from '@/lib/upstream/outcome'
import { spoolPath } from '@/lib/upstream/spool'
import type { Generation } from '@/prisma/generated/client'

setUpPipeline()

beforeEach(async () => {
  await db().upstreamAccount.updateMany({
    where: { id: await serverAccountId() },
    data: { planSlots: 20, learnedSlots: null },
  })
})

async function queued() {
  const actor = await makeActor(await makeTeam(), 'member')
  const asked = { prompt: 'guarded', ratio: '1:1', styleId: 101, sample: 1, async: false } as const
  return { actor, ...(await createGeneration(actor, asked, new Headers())) }
}

const statusOf = async (id: string) => (await db().generation.findUnique({ where: { id } }))?.status

/** A transaction of somebody else that has run `statement` and is not committed yet. */
async function begun(statement: string) {
  const other = await connectTo(process.env.DATABASE_URL ?? '')
  await other.query('BEGIN')
  await other.query(statement)
  return async () => {
    await other.query('COMMIT')
    await other.end()
  }
}

const someoneWaits = (count = 1) =>
  vi.waitFor(
    async () => {
      const waiting = await db().$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      expect(waiting).toHaveLength(count)
    },
    { timeout: 20_000, interval: 10 },
  )

test('claims of one account wait for each other, so that together they keep its slots', async () => {
  const { id } = await queued()
  const accountId = await serverAccountId()
  const commit = await begun(`SELECT 1 FROM "UpstreamAccount" WHERE id = '${accountId}' FOR NO KEY UPDATE`)
  const claim = claimNext(accountId, crypto.randomUUID())
  await someoneWaits()
  await commit()
  expect((await claim).generation?.id).toBe(id)
})

test.each([
  {
    change: 'canceled',
    set: `status = 'canceled', charged = 'no', "finishedAt" = now()`,
    status: 'canceled',
  },
  { change: 'held', set: '"isHeld" = true', status: 'queued' },
])('what is $change while it is being claimed is not sent', async ({ set, status }) => {
  const { id } = await queued()
  const commit = await begun(`UPDATE "Generation" SET ${set} WHERE id = '${id}'`)
  const claim = claimNext(await serverAccountId(), crypto.randomUUID())
  await someoneWaits()
  await commit()
  expect((await claim).generation).toBeNull()
  expect(await statusOf(id)).toBe(status)
})

test('a queue is stopped once nothing of it is being claimed any more', async () => {
  const { id, actor } = await queued()
  const admin = { ...actor, role: 'admin', scopes: ['read', 'generate', 'manage'] } as const
  const commit = await begun(`SELECT 1 FROM "Generation" WHERE id = '${id}' FOR UPDATE`)
  const claim = claimNext(await serverAccountId(), crypto.randomUUID())
  await someoneWaits()
  const stopped = setQueueMode(admin, 'paused')
  await someoneWaits(2)
  await commit()
  expect(await stopped).toMatchObject({ mode: 'paused', waiting: 0, items: [{ id, status: 'sending' }] })
  expect((await claim).generation?.id).toBe(id)
})

test('a call whose lease somebody else takes over meanwhile does not end it as its own', async () => {
  const { id } = await queued()
  const owner = crypto.randomUUID()
  expect((await claimNext(await serverAccountId(), owner)).generation?.id).toBe(id)
  const commit = await begun(
    `UPDATE "Generation" SET "leaseOwner" = '${crypto.randomUUID()}' WHERE id = '${id}'`,
  )
  const one = { id, lease: { owner, attempt: 1 } }
  const end = db().$transaction((tx) => moveOne(tx, 'lose', one, { finishedAt: new Date() }))
  await someoneWaits()
  await commit()
  expect(await end).toBeNull()
  expect(await statusOf(id)).toBe('sending')
})

const spool = (of: Generation) => spoolPath(of.id, of.attempts)
const now = () => ({ sentAt: new Date(), receivedAt: new Date() })

const ends: { said: string; outcome: Outcome }[] = [
  {
    said: 'busy',
    outcome: { kind: 'busy', reason: 'too_many_requests', status: 429, retryAfterS: 0, ...now() },
  },
  { said: 'not sent', outcome: { kind: 'not_sent', reason: 'aborted' } },
]

test.each(ends)(
  'what is written down twice after $said leaves the next attempt alone',
  async ({ outcome }) => {
    const { id } = await queued()
    const accountId = await serverAccountId()
    const owner = crypto.randomUUID()
    const claimed = async () => {
      await db().generation.update({ where: { id }, data: { notBefore: null } })
      const { generation } = await claimNext(accountId, owner)
      if (generation?.id !== id) throw new Error('another one was claimed')
      return generation
    }
    const first = await claimed()
    // its commit is not heard, so it is repeated; meanwhile the same dispatcher has claimed the row again
    const write = () => settle(first, outcome, { spool: spool(first), owner, receiver: new Receiver(first) })
    expect(await write()).toBe('queued')
    const second = await claimed()
    expect(await write()).toBeNull()
    expect(await db().generation.findUnique({ where: { id } })).toMatchObject({
      status: 'sending',
      attempts: second.attempts,
      leaseOwner: owner,
    })
  },
)

test('an end that cannot be written down does not end what another dispatcher has claimed since', async () => {
  const { id } = await queued()
  const accountId = await serverAccountId()
  const owner = crypto.randomUUID()
  const { generation: first } = await claimNext(accountId, owner)
  if (first?.id !== id) throw new Error('another one was claimed')
  const lease = { owner, attempt: first.attempts }
  await settleAnyway({ id, lease, spool: null }, async () => {
    await db().$transaction((tx) => moveOne(tx, 'requeue', { id, lease }, { claimedAt: null }))
    expect((await claimNext(accountId, crypto.randomUUID())).generation?.id).toBe(id)
    throw new Error('the spool cannot be removed')
  })
  expect(await statusOf(id)).toBe('sending')
})

test('a heartbeat renews what is its dispatcher’s, and takes nothing from another one', async () => {
  const { id } = await queued()
  const owner = crypto.randomUUID()
  await claimNext(await serverAccountId(), owner)
  const lapsed = { leaseOwner: owner, leaseExpiresAt: new Date(0) }
  await db().generation.update({ where: { id }, data: lapsed })
  await renewLease(id, { owner: crypto.randomUUID(), attempt: 1 })
  await renewLease(id, { owner, attempt: 2 })
  expect(await db().generation.findUnique({ where: { id } })).toMatchObject(lapsed)
  await renewLease(id, { owner, attempt: 1 })
  const renewed = await db().generation.findUnique({ where: { id } })
  expect(renewed?.leaseOwner).toBe(owner)
  expect(renewed?.leaseExpiresAt?.getTime()).toBeGreaterThan(Date.now())
})

test('an identical body joins what its sender asked for in the same team, and nothing of another team', async () => {
  const actor = await makeActor(await makeTeam(), 'member')
  const elsewhere = { ...actor, teamId: (await makeTeam()).id }
  const body = { prompt: 'the same', ratio: '1:1', styleId: 101, sample: 1, async: false } as const
  const ask = (by: Actor) => {
    const dropIn = { queueDeadline: new Date(Date.now() + 60_000) }
    return insertGeneration(by, { request: body, dropIn })
  }
  const { id } = await ask(actor)
  expect((await ask(actor)).id).toBe(id)
  expect((await ask(elsewhere)).id).not.toBe(id)
})

test('what has ended stays as it ended, whoever comes late', async () => {
  const { id, actor } = await queued()
  await cancelGeneration(actor, id)
  const move = (edge: Edge) => {
    const data = edge === 'fail' ? { errorCode: 'late', charged: 'no' as const, finishedAt: new Date() } : {}
    return db().$transaction((tx) => moveOne(tx, edge, { id }, data))
  }
  expect([await move('requeue'), await move('fail'), await move('claim')]).toEqual([null, null, null])
  expect(await statusOf(id)).toBe('canceled')
})
