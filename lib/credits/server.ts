import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { listStandings } from '@/lib/budgets/standing'
import type { Credits, Spent } from '@/lib/credits/schema'
import { changeRows } from '@/lib/ledger/changes'
import { latestPrice } from '@/lib/ledger/price'
import { db, type Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { SAMPLES } from '@/lib/upstream/flamel/ratios'
import { connectionFor, slotsOf, UNREADABLE } from '@/lib/upstream/server'
import { Prisma, type GenerationStatus } from '@/prisma/generated/client'

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
 * Keeps what an answer said of the balances, which it says only to a key that works, and writes into the ledger what they
 * changed by since the answer before. The latest received is what people see; an older answer never overwrites it, and
 * what it saw is part of a change that was written down. Returns what is to be announced.
 */
export async function recordBalances(tx: Tx, seen: Seen): Promise<StudioEvent> {
  const {
    accountId,
    generationId = null,
    defaultCredit,
    dailyCredit,
    monthlyCredit,
    sentAt,
    receivedAt,
  } = seen
  // this also locks the account: who comes next counts from here
  const { count } = await tx.upstreamAccount.updateMany({
    where: { id: accountId, OR: [{ balancesSeenAt: null }, { balancesSeenAt: { lt: receivedAt } }] },
    data: { defaultCredit, dailyCredit, monthlyCredit, balancesSeenAt: receivedAt, keyProblem: null },
  })
  const before = count === 1 ? await findBefore(tx, seen) : undefined
  const spent = before && generationId ? spentBy(before, seen) : null
  const snapshot = Prisma.sql`
    INSERT INTO "CreditSnapshot"
      (id, "accountId", "generationId", "defaultCredit", "dailyCredit", "monthlyCredit", "sentAt", "receivedAt", spent)
    VALUES (gen_random_uuid(), ${accountId}::uuid, ${generationId}::uuid, ${defaultCredit}, ${dailyCredit}, ${monthlyCredit},
      ${sentAt}, ${receivedAt}, ${spent && JSON.stringify(spent)}::jsonb)`
  const change = { accountId, now: seen, at: receivedAt, generationId: spent ? generationId : null }
  await tx.$executeRaw(
    before ? Prisma.sql`WITH kept AS (${snapshot}) ${changeRows({ ...change, before })}` : snapshot,
  )
  return { team: '*', kind: 'credits', id: accountId }
}

type Before = Spent & { isOverlapped: boolean }

/** The balances before this answer, and whether another call that may have cost was under way since or meanwhile. */
async function findBefore(tx: Tx, seen: Seen): Promise<Before | undefined> {
  const { accountId, generationId = null, sentAt, receivedAt } = seen
  const [before] = await tx.$queryRaw<Before[]>`
    SELECT s."defaultCredit", s."dailyCredit", s."monthlyCredit", s."receivedAt" > ${sentAt} OR EXISTS (
      SELECT FROM "Generation" g
      WHERE g."accountId" = s."accountId" AND g.id IS DISTINCT FROM ${generationId}::uuid AND g."sentAt" < ${receivedAt}
        AND (g."finishedAt" IS NULL OR g."finishedAt" > s."receivedAt")
        AND g.status NOT IN ('queued', 'canceled') AND g.charged IS DISTINCT FROM 'no') AS "isOverlapped"
    FROM (
      SELECT * FROM "CreditSnapshot" WHERE "accountId" = ${accountId}::uuid ORDER BY "receivedAt" DESC LIMIT 1
    ) s`
  return before
}

/** The fall since then, or null where another call overlapped or a balance rose (a renewal, a purchase). */
function spentBy(before: Before, seen: Seen): Spent | null {
  const spent = {
    defaultCredit: before.defaultCredit - seen.defaultCredit,
    dailyCredit: before.dailyCredit - seen.dailyCredit,
    monthlyCredit: before.monthlyCredit - seen.monthlyCredit,
  }
  return before.isOverlapped || Object.values(spent).some((fall) => fall < 0) ? null : spent
}

/** Balances, slots and queue of the account that the team uses, as the actor may see them. */
export async function getCredits(actor: Actor): Promise<Credits> {
  const { accountId, apiKey } = await connectionFor(actor.teamId)
  const open = { teamId: actor.teamId, status: { in: OPEN } }
  const [account, inUse, all, mine, { queueMode }, prices, budgets] = await Promise.all([
    db().upstreamAccount.findUniqueOrThrow({ where: { id: accountId } }),
    db().generation.count({ where: { accountId, status: { in: ['sending', 'pending'] } } }),
    db().generation.count({ where: open }),
    db().generation.count({ where: { ...open, makerId: actor.userId } }),
    db().team.findUniqueOrThrow({ where: { id: actor.teamId }, select: { queueMode: true } }),
    pricesOf(accountId),
    listStandings(actor),
  ])
  return {
    upstream: account.kind,
    keyProblem: apiKey === null ? UNREADABLE : account.keyProblem,
    defaultCredit: account.defaultCredit,
    dailyCredit: account.dailyCredit,
    monthlyCredit: account.monthlyCredit,
    seenAt: account.balancesSeenAt?.toISOString() ?? null,
    renewsAt: account.renewsAt?.toISOString() ?? null,
    slots: { total: slotsOf(account), inUse },
    queue: { mine, all, mode: queueMode },
    prices,
    budgets,
  }
}

/** What the latest generations cost whose images all came, one for each number of images. */
function pricesOf(accountId: string): Promise<Credits['prices']> {
  return db().$queryRaw`
    SELECT asked.sample, price.credits::float8 AS credits FROM unnest(${SAMPLES}::int[]) AS asked (sample)
    CROSS JOIN LATERAL (${latestPrice(Prisma.sql`${accountId}::uuid`, Prisma.sql`asked.sample`)}) price ORDER BY asked.sample`
}
