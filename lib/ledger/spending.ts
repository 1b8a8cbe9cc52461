import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { db } from '@/lib/platform/db'
import { accountIdFor } from '@/lib/upstream/server'

type Member = { id: string; name: string; measured: number }

/** What the balances fell by, in credits: `measured` of all members, `otherTeams` and `unattributed` together are `fell`. */
export type Spending = { members: Member[]; otherTeams: number; unattributed: number; fell: number }

/** Days of the team's time zone, both included, as YYYY-MM-DD. */
type Days = { from: string; to: string }

/** What the account's balances fell by on those days, and what of it can be attributed to the team's members. */
export async function getSpending(actor: Actor, { from, to }: Days): Promise<Spending> {
  requirePermission(actor, 'see_usage')
  const { teamId } = actor
  const accountId = await accountIdFor(teamId)
  const rows = await db().$queryRaw<(Member & { isOwn: boolean | null })[]>`
    SELECT f."makerId"::text AS id, coalesce(u.name, '') AS name, f."isOwn", f.credits::float8 AS measured
    FROM (
      SELECT CASE WHEN e."teamId" = t.id THEN e."makerId" END AS "makerId", e."teamId" = t.id AS "isOwn",
        sum(e.credits) AS credits
      FROM "Team" t CROSS JOIN "LedgerEntry" e
      WHERE t.id = ${teamId}::uuid AND e."accountId" = ${accountId}::uuid AND e.kind = 'fall'
        AND e."createdAt" >= ${from}::date::timestamp AT TIME ZONE t."timeZone"
        AND e."createdAt" < (${to}::date + 1)::timestamp AT TIME ZONE t."timeZone"
      GROUP BY 1, 2
    ) f LEFT JOIN "User" u ON u.id = f."makerId" ORDER BY f.credits DESC, u.name`
  const sum = (of: boolean | null) =>
    rows.filter(({ isOwn }) => isOwn === of).reduce((all, { measured }) => all + measured, 0)
  return {
    members: rows.filter(({ isOwn }) => isOwn).map(({ id, name, measured }) => ({ id, name, measured })),
    ...{ otherTeams: sum(false), unattributed: sum(null), fell: sum(true) + sum(false) + sum(null) },
  }
}
