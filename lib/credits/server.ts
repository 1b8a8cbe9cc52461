import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { listStandings } from '@/lib/budgets/standing'
import type { Credits } from '@/lib/credits/schema'
import { changeRows } from '@/lib/ledger/changes'
import { latestPrice } from '@/lib/ledger/price'
import { db } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { newId } from '@/lib/platform/ids'
import { OPEN, UNDER_WAY } from '@/lib/platform/open-statuses'
import { PREPARED } from '@/lib/platform/prepared'
import { write, type SqlTx } from '@/lib/platform/sql-transaction'
import { SAMPLES } from '@/lib/upstream/limits'
import { connectionFor, slotsOf, UNREADABLE } from '@/lib/upstream/server'
import { Prisma } from '@/prisma/generated/client'

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
export async function recordBalances(tx: SqlTx, seen: Seen): Promise<StudioEvent> {
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
  const locking = Prisma.sql`${PREPARED}
    UPDATE "UpstreamAccount" SET "defaultCredit" = ${defaultCredit}, "dailyCredit" = ${dailyCredit},
      "monthlyCredit" = ${monthlyCredit}, "balancesSeenAt" = ${receivedAt}, "keyProblem" = NULL
    WHERE id = ${accountId}::uuid AND ("balancesSeenAt" IS NULL OR "balancesSeenAt" < ${receivedAt})`
  // of two that were received at the same moment the first that was written down is
  const isLatest = Prisma.sql`(SELECT "balancesSeenAt" = ${receivedAt} FROM "UpstreamAccount" WHERE id = ${accountId}::uuid)
    AND NOT EXISTS (SELECT FROM "CreditSnapshot" WHERE "accountId" = ${accountId}::uuid AND "receivedAt" = ${receivedAt})`
  const keeping = Prisma.sql`${PREPARED}
    WITH before AS (${balancesBefore(seen)} WHERE ${isLatest}), proven AS (${fallOf(seen)}), kept AS (
      INSERT INTO "CreditSnapshot"
        (id, "accountId", "generationId", "defaultCredit", "dailyCredit", "monthlyCredit", "sentAt", "receivedAt", spent)
      VALUES (${newId()}::uuid, ${accountId}::uuid, ${generationId}::uuid, ${defaultCredit}, ${dailyCredit}, ${monthlyCredit},
        ${sentAt}, ${receivedAt}, (SELECT spent FROM proven)))
    ${changeRows({ accountId, generationId, now: seen, at: receivedAt })}`
  await write(tx, locking)
  await write(tx, keeping)
  return { team: '*', kind: 'credits', id: accountId }
}

/** SQL for the balances before this answer, and whether another call that may have cost was under way since or meanwhile. */
const balancesBefore = (seen: Seen) => Prisma.sql`
  SELECT s."defaultCredit", s."dailyCredit", s."monthlyCredit", s."receivedAt" > ${seen.sentAt}
    OR EXISTS (SELECT FROM ${othersOf(seen)} AND g."finishedAt" IS NULL)
    OR coalesce((
      SELECT true FROM ${othersOf(seen)} AND g."finishedAt" > s."receivedAt"
      ORDER BY g."finishedAt" DESC LIMIT 1), false) AS "isOverlapped"
  FROM (
    SELECT * FROM "CreditSnapshot" WHERE "accountId" = ${seen.accountId}::uuid ORDER BY "receivedAt" DESC LIMIT 1
  ) s`

/** SQL for the account's other calls that were sent before this answer came and may have cost. */
const othersOf = ({ accountId, generationId, receivedAt }: Seen) => Prisma.sql`"Generation" g
  WHERE g."accountId" = ${accountId}::uuid AND g.id IS DISTINCT FROM ${generationId ?? null}::uuid
    AND g."sentAt" < ${receivedAt} AND g.status NOT IN ('queued', 'canceled')
    AND g.charged IS DISTINCT FROM 'no'`

/** SQL for the fall since then; no row where another call overlapped or a balance rose (a renewal, a purchase). */
const fallOf = ({ generationId, defaultCredit, dailyCredit, monthlyCredit }: Seen) => Prisma.sql`
  SELECT to_jsonb(fall) AS spent
  FROM before CROSS JOIN LATERAL (SELECT before."defaultCredit" - ${defaultCredit}::float8 AS "defaultCredit",
    before."dailyCredit" - ${dailyCredit}::float8 AS "dailyCredit",
    before."monthlyCredit" - ${monthlyCredit}::float8 AS "monthlyCredit") fall
  WHERE ${generationId ?? null}::uuid IS NOT NULL AND NOT before."isOverlapped"
    AND least(fall."defaultCredit", fall."dailyCredit", fall."monthlyCredit") >= 0`

/** Balances, slots and queue of the account that the team uses, as the actor may see them. */
export async function getCredits(actor: Actor): Promise<Credits> {
  const { accountId, apiKey } = await connectionFor(actor.teamId)
  const open = { teamId: actor.teamId, status: { in: [...OPEN] } }
  const [account, inUse, all, mine, { queueMode }, prices, budgets] = await Promise.all([
    db().upstreamAccount.findUniqueOrThrow({ where: { id: accountId } }),
    db().generation.count({ where: { accountId, status: { in: [...UNDER_WAY] } } }),
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
