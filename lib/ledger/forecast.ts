import 'server-only'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'

const WEEK_DAYS = 7

/** Credits a day, and when they will have run out at that rate; null where nothing was spent or nobody knows what is left. */
export type Forecast = { perDay: number; runsOutAt: Date | null }

/**
 * What the account's balances fell by a day in the last week, or since the first answer where that is shorter, and until
 * when what is left lasts at this rate. Renewals in between are not foreseen: who shows it says when the plan renews.
 */
export async function forecastOf(accountId: string, now = new Date()): Promise<Forecast> {
  const since = new Date(now.getTime() - WEEK_DAYS * DAY_MS)
  const [row] = await db().$queryRaw<{ fell: number; first: Date | null; left: number | null }[]>`
    SELECT a."defaultCredit" + a."dailyCredit" + a."monthlyCredit" AS left,
      (SELECT min("receivedAt") FROM "CreditSnapshot" WHERE "accountId" = a.id) AS first,
      (SELECT coalesce(sum(credits), 0)::float8 FROM "LedgerEntry"
        WHERE "accountId" = a.id AND kind = 'fall' AND "createdAt" >= ${since} AND "createdAt" < ${now}) AS fell
    FROM "UpstreamAccount" a WHERE a.id = ${accountId}::uuid`
  if (!row || row.fell === 0) return { perDay: 0, runsOutAt: null }
  const days = row.first
    ? Math.min(WEEK_DAYS, Math.max(1, (now.getTime() - row.first.getTime()) / DAY_MS))
    : WEEK_DAYS
  const perDay = row.fell / days
  const runsOutAt = row.left === null ? null : new Date(now.getTime() + (row.left / perDay) * DAY_MS)
  return { perDay, runsOutAt }
}
