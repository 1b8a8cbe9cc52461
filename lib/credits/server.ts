import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { Credits, Spent } from '@/lib/credits/schema'
import { db, type Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { currentAccountId, slotsOf } from '@/lib/upstream/server'
import type { GenerationStatus } from '@/prisma/generated/client'

const OPEN: GenerationStatus[] = ['queued', 'sending', 'pending']

type Seen = {
  accountId: string
  generationId?: string
  defaultCredit: number
  dailyCredit: number
  monthlyCredit: number
  sentAt: Date
  receivedAt: Date
}

/**
 * Keeps what an answer said of the balances, which it says only to a key that works. The latest received is what people
 * see; an older answer never overwrites it. Returns what is to be announced.
 */
export async function recordBalances(tx: Tx, seen: Seen): Promise<StudioEvent> {
  const { accountId, defaultCredit, dailyCredit, monthlyCredit, receivedAt } = seen
  const spent = seen.generationId ? await spentBy(tx, seen) : null
  await tx.creditSnapshot.create({ data: { ...seen, ...(spent && { spent }) } })
  await tx.upstreamAccount.updateMany({
    where: { id: accountId, OR: [{ balancesSeenAt: null }, { balancesSeenAt: { lt: receivedAt } }] },
    data: { defaultCredit, dailyCredit, monthlyCredit, balancesSeenAt: receivedAt, keyProblem: null },
  })
  return { team: '*', kind: 'credits', id: accountId }
}

/** The fall since the snapshot before, or null where another call that may have cost overlapped or a balance rose (a renewal, a purchase). */
async function spentBy(tx: Tx, seen: Seen): Promise<Spent | null> {
  const { accountId, generationId, sentAt, receivedAt } = seen
  const [before] = await tx.$queryRaw<(Spent & { isOverlapped: boolean })[]>`
    SELECT s."defaultCredit", s."dailyCredit", s."monthlyCredit", EXISTS (
      SELECT FROM "Generation" g
      WHERE g."accountId" = s."accountId" AND g.id <> ${generationId}::uuid AND g."sentAt" < ${receivedAt}
        AND (g."finishedAt" IS NULL OR g."finishedAt" > s."receivedAt")
        AND g.status NOT IN ('queued', 'canceled') AND g.charged IS DISTINCT FROM 'no') AS "isOverlapped"
    FROM (
      SELECT * FROM "CreditSnapshot" WHERE "accountId" = ${accountId}::uuid ORDER BY "receivedAt" DESC LIMIT 1
    ) s
    WHERE s."receivedAt" <= ${sentAt}`
  if (!before) return null
  const spent = {
    defaultCredit: before.defaultCredit - seen.defaultCredit,
    dailyCredit: before.dailyCredit - seen.dailyCredit,
    monthlyCredit: before.monthlyCredit - seen.monthlyCredit,
  }
  return before.isOverlapped || Object.values(spent).some((fall) => fall < 0) ? null : spent
}

/** Balances, slots and queue of the account that this server uses, as the actor may see them. */
export async function getCredits(actor: Actor): Promise<Credits> {
  const accountId = await currentAccountId()
  const open = { teamId: actor.teamId, status: { in: OPEN } }
  const [account, inUse, all, mine, { queueMode }, prices] = await Promise.all([
    db().upstreamAccount.findUniqueOrThrow({ where: { id: accountId } }),
    db().generation.count({ where: { accountId, status: { in: ['sending', 'pending'] } } }),
    db().generation.count({ where: open }),
    db().generation.count({ where: { ...open, makerId: actor.userId } }),
    db().team.findUniqueOrThrow({ where: { id: actor.teamId }, select: { queueMode: true } }),
    pricesOf(accountId),
  ])
  return {
    upstream: account.kind,
    keyProblem: account.keyProblem,
    defaultCredit: account.defaultCredit,
    dailyCredit: account.dailyCredit,
    monthlyCredit: account.monthlyCredit,
    seenAt: account.balancesSeenAt?.toISOString() ?? null,
    renewsAt: account.renewsAt?.toISOString() ?? null,
    slots: { total: slotsOf(account), inUse },
    queue: { mine, all, mode: queueMode },
    prices,
  }
}

/** Snapshots that are looked through for prices: it costs the same for ever. */
const LOOKED_AT = 100

/** What the latest generations cost whose images all came, one for each number of images. */
function pricesOf(accountId: string): Promise<Credits['prices']> {
  return db().$queryRaw`
    SELECT DISTINCT ON (g.sample) g.sample,
      (s.spent->>'defaultCredit')::float8 + (s.spent->>'dailyCredit')::float8 + (s.spent->>'monthlyCredit')::float8 AS credits
    FROM (
      SELECT * FROM "CreditSnapshot" WHERE "accountId" = ${accountId}::uuid ORDER BY "receivedAt" DESC LIMIT ${LOOKED_AT}
    ) s
    JOIN "Generation" g ON g.id = s."generationId"
    WHERE s.spent IS NOT NULL AND g.status = 'succeeded'
      AND NOT EXISTS (SELECT FROM "Image" i WHERE i."generationId" = g.id AND i.state <> 'completed')
    ORDER BY g.sample, s."receivedAt" DESC`
}
