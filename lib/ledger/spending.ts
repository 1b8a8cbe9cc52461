import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { db } from '@/lib/platform/db'
import { accountIdFor } from '@/lib/upstream/server'

type Member = { id: string; name: string; images: number; measured: number; estimated: number; held: number }

/** What was spent this month. `measured` of all members, `otherTeams` and `unattributed` together are `fell`. */
export type Spending = { members: Member[]; otherTeams: number; unattributed: number; fell: number }

/**
 * What the team's members spent this month from the account that it generates with now, and what that account's balances
 * fell by, which nobody can attribute wholly. Credits of another account, or of the sandbox, are not to be added to them.
 */
export async function getSpending(actor: Actor): Promise<Spending> {
  requirePermission(actor, 'manage_budgets')
  const { teamId } = actor
  const accountId = await accountIdFor(teamId)
  const begin = db().$queryRaw<{ at: Date }[]>`
    SELECT date_trunc('month', now() AT TIME ZONE "timeZone") AT TIME ZONE "timeZone" AS at FROM "Team"
    WHERE id = ${teamId}::uuid`
  const [{ at } = { at: new Date() }] = await begin
  const [members, [pool]] = await Promise.all([
    db().$queryRaw<Member[]>`
      SELECT u.id::text, u.name,
        coalesce(sum(e.images) FILTER (WHERE e.kind IN ('settle', 'correction')), 0)::int AS images,
        coalesce(sum(e.credits) FILTER (WHERE e.kind = 'fall'), 0)::float8 AS measured,
        coalesce(sum(e.credits) FILTER (WHERE e.kind IN ('settle', 'correction') AND e."isEstimate"), 0)::float8 AS estimated,
        coalesce(sum(e.credits) FILTER (WHERE e.kind = 'hold' AND NOT EXISTS (
          SELECT FROM "LedgerEntry" ended WHERE ended."generationId" = e."generationId" AND ended.kind IN ('settle', 'release')
        )), 0)::float8 AS held
      FROM "LedgerEntry" e JOIN "User" u ON u.id = e."makerId"
      WHERE e."teamId" = ${teamId}::uuid AND e."accountId" = ${accountId}::uuid AND e."createdAt" >= ${at}
      GROUP BY u.id, u.name ORDER BY measured DESC, u.name LIMIT 200`,
    db().$queryRaw<{ fell: number; unattributed: number; otherTeams: number }[]>`
      SELECT coalesce(sum(credits), 0)::float8 AS fell,
        coalesce(sum(credits) FILTER (WHERE "teamId" IS NULL), 0)::float8 AS unattributed,
        coalesce(sum(credits) FILTER (WHERE "teamId" <> ${teamId}::uuid), 0)::float8 AS "otherTeams"
      FROM "LedgerEntry" WHERE "accountId" = ${accountId}::uuid AND kind = 'fall' AND "createdAt" >= ${at}`,
  ])
  return { members, ...(pool ?? { fell: 0, unattributed: 0, otherTeams: 0 }) }
}
