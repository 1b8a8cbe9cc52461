import 'server-only'
import { UNDER_WAY_SQL } from '@/lib/generations/status-sql'
import { db } from '@/lib/platform/db'
import { livingProcesses } from '@/lib/platform/process'
import { getHealth, type Health } from '@/lib/system/health'
import { runningBudgets, takenShare, usedShareOf } from '@/lib/system/used-shares'
import { listConnections, serverAccountId, slotsOf } from '@/lib/upstream/server'
import type { UpstreamAccount, UpstreamKind } from '@/prisma/generated/client'

/** Of a budget, and of an account's credits: from here on little is left. */
const NEARLY_USED = 0.8

export type Waiting = {
  upstream: UpstreamKind
  state: 'waiting' | 'held' | 'under_way' | 'unknown'
  count: number
  /** Since when the longest is in that state. */
  oldestS: number
}

/** What the database knows of the whole studio, whichever process is asked. No figure is of one team or person. */
export type Figures = {
  health: Health
  generations: Waiting[]
  slots: Map<UpstreamKind, number>
  accounts: { ok: number; key_failing: number; credits_low: number }
  /** Of the account of teams that have chosen nothing else. */
  credits: { daily: number | null; monthly: number | null; default: number | null }
  budgetsNear: number
  mailsWaiting: number
  processes: { dispatcher: number; web: number }
}

/** Null while the database does not answer. */
export async function readFigures(): Promise<Figures | null> {
  const health = await getHealth()
  if (health.database === 'down') return null
  const [generations, accounts, accountId, budgetsNear, mailsWaiting, processes] = await Promise.all([
    readWaiting(),
    accountsInUse(),
    serverAccountId(),
    countBudgetsNear(new Date()),
    db().mail.count({ where: { state: { in: ['queued', 'sending'] } } }),
    livingProcesses(),
  ])
  const own = accounts.find(({ id }) => id === accountId)
  return {
    ...{ health, generations, budgetsNear, mailsWaiting },
    slots: sumSlots(accounts),
    accounts: countAccounts(accounts),
    credits: {
      daily: own?.dailyCredit ?? null,
      monthly: own?.monthlyCredit ?? null,
      default: own?.defaultCredit ?? null,
    },
    processes: { dispatcher: processes.dispatchers, web: processes.ids.size - processes.dispatchers },
  }
}

/** Each part has a partial index: however many have ended, none of them is read. */
export async function readWaiting(): Promise<Waiting[]> {
  return db().$queryRaw<Waiting[]>`
    SELECT a.kind::text AS upstream, one.state, count(*)::int AS count,
      greatest(0, coalesce(extract(epoch FROM now() - min(one.since)), 0))::float8 AS "oldestS"
    FROM (
      SELECT g."accountId", CASE WHEN g."isHeld" OR t."queueMode" = 'paused' THEN 'held' ELSE 'waiting' END AS state,
        g."createdAt" AS since
      FROM "Generation" g JOIN "Team" t ON t.id = g."teamId" WHERE g.status = 'queued'
      UNION ALL
      SELECT "accountId", 'under_way', "claimedAt" FROM "Generation" WHERE status IN ${UNDER_WAY_SQL}
      UNION ALL
      SELECT "accountId", 'unknown', "createdAt" FROM "Generation" WHERE status = 'unknown'
    ) one JOIN "UpstreamAccount" a ON a.id = one."accountId"
    GROUP BY 1, 2`
}

/** Seconds; what is held waits for a person and does not count. */
export const longestWait = (generations: Waiting[]): number =>
  Math.max(0, ...generations.map(({ state, oldestS }) => (state === 'waiting' ? oldestS : 0)))

async function accountsInUse(): Promise<UpstreamAccount[]> {
  const connections = await listConnections()
  return db().upstreamAccount.findMany({
    where: { id: { in: connections.map(({ accountId }) => accountId) } },
  })
}

function sumSlots(accounts: UpstreamAccount[]): Map<UpstreamKind, number> {
  const sums = new Map<UpstreamKind, number>()
  for (const account of accounts) sums.set(account.kind, (sums.get(account.kind) ?? 0) + slotsOf(account))
  return sums
}

function countAccounts(accounts: UpstreamAccount[]): Figures['accounts'] {
  const counts = { ok: 0, key_failing: 0, credits_low: 0 }
  for (const account of accounts)
    counts[account.keyProblem ? 'key_failing' : isLow(account) ? 'credits_low' : 'ok'] += 1
  return counts
}

const isLow = (account: UpstreamAccount) => (usedShareOf(account) ?? 0) >= NEARLY_USED

async function countBudgetsNear(now: Date): Promise<number> {
  const [row] = await db().$queryRaw<{ near: number }[]>`
    SELECT count(*)::int AS near FROM ${runningBudgets(now)} WHERE ${takenShare} >= ${NEARLY_USED}`
  return row?.near ?? 0
}
