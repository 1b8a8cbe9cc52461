import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { budgetsOf } from '@/lib/budgets/applicable'
import { beginningOf, periodOf, renewalOf } from '@/lib/budgets/period'
import { toStanding, type StandingRow } from '@/lib/budgets/present'
import type { BudgetRefusal, Standing } from '@/lib/budgets/schema'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { OPEN } from '@/lib/platform/open-statuses'
import { literals } from '@/lib/platform/prepared'
import type { SqlTx } from '@/lib/platform/sql-transaction'
import { Prisma } from '@/prisma/generated/client'

/** SQL for how many requests of the counter's subject are under way; `b` is a Budget with `subjectId`. */
export const underWay = Prisma.sql`(
  SELECT count(*) FROM "Generation" g
  WHERE g."teamId" = b."teamId" AND g.status IN ${literals(OPEN)} AND CASE b.scope
    WHEN 'team' THEN true WHEN 'key' THEN g.principal = 'key:' || b.subject ELSE g."makerId" = b."subjectId" END)`

/** SQL for what a standing is made of; `budgets` are Budgets `b` with `subjectId`, joined to their Team `t`. */
export const standings = (budgets: Prisma.Sql, { at, askerId }: { at: Date; askerId: string }) => Prisma.sql`
  SELECT b.id::text AS "budgetId", b.scope::text, b.unit::text, b."window"::text, b."limit"::float8,
    coalesce(c.extra, 0)::float8 AS extra, coalesce(c.used, 0)::float8 AS used,
    CASE b.unit WHEN 'requests' THEN ${underWay} ELSE coalesce(c.held, 0) END::float8 AS held,
    ${renewalOf(at)} AS "resetsAt", b."subjectId"::text, (
      SELECT r.answer::text FROM "BudgetRequest" r WHERE r."budgetId" = b.id AND r."askerId" = ${askerId}::uuid
        AND (r.answer = 'open' OR r."decidedAt" >= ${beginningOf(at)}) ORDER BY r."createdAt" DESC LIMIT 1
    ) AS asked
  FROM ${budgets}
  LEFT JOIN "BudgetCounter" c ON c."budgetId" = b.id AND c."subjectId" = b."subjectId" AND c.period = ${periodOf(at)}
  ORDER BY b.scope, b.unit, b."window"`

/** Every budget that what the actor does counts in, nearest first: their own, their role's, the key's, the team's. */
export async function listStandings(actor: Actor, tx: SqlTx = db(), at = new Date()): Promise<Standing[]> {
  const rows = await tx.$queryRaw<StandingRow[]>(standings(budgetsOf(actor), { at, askerId: actor.userId }))
  return rows.map(toStanding)
}

type Short = { at: Date; short: { id: string; amount: number }[] }

/** What to throw: the nearest budget that does not cover it. */
export async function refusal(tx: SqlTx, actor: Actor, { at, short }: Short): Promise<AppError> {
  const all = await listStandings(actor, tx, at)
  const nearest = all.find(({ budgetId }) => short.some(({ id }) => id === budgetId))
  const needed = short.find(({ id }) => id === nearest?.budgetId)?.amount ?? 0
  const extension = nearest && ({ ...nearest, needed } satisfies BudgetRefusal)
  return new AppError('budget_exceeded', {
    detail: `A budget of this Studio (${nearest?.layer ?? 'removed meanwhile'}) does not cover it.`,
    extension,
  })
}
