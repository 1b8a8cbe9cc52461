import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { auditAct } from '@/lib/audit/server'
import { beginningOf, periodOf, renewalOf } from '@/lib/budgets/period'
import { layerOf, rowScopeOf, toBudget, type BudgetRow } from '@/lib/budgets/present'
import type { Budget, BudgetInput, BudgetList } from '@/lib/budgets/schema'
import { underWay } from '@/lib/budgets/standing'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { Prisma } from '@/prisma/generated/client'

/** Every budget of the team, and how it stands for each whom it counts for. */
export async function listBudgets(actor: Actor): Promise<BudgetList> {
  requirePermission(actor, 'manage_budgets')
  const at = new Date()
  const [{ timeZone }, items] = await Promise.all([
    db().team.findUniqueOrThrow({ where: { id: actor.teamId }, select: { timeZone: true } }),
    readBudgets(actor.teamId, at),
  ])
  return { timeZone, items }
}

async function readBudgets(teamId: string, at: Date): Promise<Budget[]> {
  // a budget of one subject stands although nothing was counted yet; a role's, for those who have a counter
  const rows = await db().$queryRaw<BudgetRow[]>`
    SELECT own.id::text, own.scope::text, own.subject, own.unit::text, own."window"::text, own."limit"::float8,
      coalesce(m.name, k.name) AS name, r."resetsAt", coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', b."subjectId", 'name', coalesce(u.name, ''), 'extra', coalesce(c.extra, 0),
          'used', coalesce(c.used, 0), 'held', CASE b.unit WHEN 'requests' THEN ${underWay} ELSE coalesce(c.held, 0) END)
          ORDER BY u.name)
        FROM (
          SELECT own.*, known.id AS "subjectId" FROM (
            SELECT own.subject::uuid AS id WHERE own.scope <> 'role'
            UNION SELECT used."subjectId" FROM "BudgetCounter" used JOIN "Membership" s ON s."teamId" = own."teamId"
              AND s."userId" = used."subjectId" AND s.role::text = own.subject AND s."disabledAt" IS NULL
              WHERE own.scope = 'role' AND used."budgetId" = own.id AND used.period = r.period
          ) known
        ) b
        LEFT JOIN "BudgetCounter" c ON c."budgetId" = b.id AND c."subjectId" = b."subjectId" AND c.period = r.period
        LEFT JOIN "User" u ON u.id = b."subjectId"
      ), '[]') AS counters
    FROM "Budget" own
    CROSS JOIN LATERAL (
      SELECT ${periodOf(at)} AS period, ${renewalOf(at)} AS "resetsAt" FROM (SELECT own."window") b, "Team" t WHERE t.id = own."teamId"
    ) r
    LEFT JOIN "User" m ON own.scope = 'member' AND m.id::text = own.subject
    LEFT JOIN "ApiKey" k ON own.scope = 'key' AND k.id::text = own.subject
    WHERE own."teamId" = ${teamId}::uuid AND own."removedAt" IS NULL
    ORDER BY own.scope, coalesce(m.name, k.name, own.subject), own.unit, own."window"`
  return rows.map(toBudget)
}

/**
 * Makes a budget or changes its limit, at once. What its period used before counts too. Throws `not_found` for a member or key that the team does not have.
 */
export async function setBudget(actor: Actor, input: BudgetInput): Promise<BudgetList> {
  requirePermission(actor, 'manage_budgets')
  await db().$transaction(async (tx) => {
    const subject = await subjectOf(tx, actor, input.scope)
    const id = await writeBudget(tx, actor.teamId, { ...input, subject })
    const { unit, window, limit, scope } = input
    const detail = { scope: scope.kind, of: subject, unit, window, limit }
    await auditAct(tx, actor, { act: 'budget.set', subject: id, detail })
    await publish(tx, budgetChanged(actor.teamId, id))
  })
  return listBudgets(actor)
}

type Written = Pick<BudgetInput, 'scope' | 'unit' | 'window' | 'limit'> & { subject: string }

/** Writes the budget and, where it is new or was away, what its period has used so far. Returns its id. */
export async function writeBudget(tx: Tx, teamId: string, written: Written): Promise<string> {
  const { scope, subject, unit, window, limit } = written
  const key = { teamId, scope: rowScopeOf(scope.kind), subject, unit, window }
  const where = { teamId_scope_subject_unit_window: key }
  await tx.$queryRaw`SELECT 1 FROM "Team" WHERE id = ${teamId}::uuid FOR NO KEY UPDATE` // one change of budgets at a time
  const before = await tx.budget.findUnique({ where, select: { removedAt: true } })
  const { id } = await tx.budget.upsert({
    where,
    create: { ...key, limit },
    update: { limit, removedAt: null },
    select: { id: true },
  })
  if (!before || before.removedAt) await countSoFar(tx, id)
  return id
}

/**
 * Sets the counters of a budget to what its period has used: what was settled, and what is held elsewhere, which may still
 * be charged. They are locked first, so that what is settled meanwhile waits.
 */
async function countSoFar(tx: Tx, budgetId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "BudgetCounter" WHERE "budgetId" = ${budgetId}::uuid ORDER BY id FOR UPDATE`
  const at = new Date()
  await tx.$executeRaw`
    INSERT INTO "BudgetCounter" ("budgetId", "subjectId", period, used)
    SELECT b.id, so."subjectId", ${periodOf(at)}, sum(CASE b.unit WHEN 'images' THEN spent.images ELSE spent.credits END)
    FROM "Budget" b JOIN "Team" t ON t.id = b."teamId"
    JOIN "LedgerEntry" h ON h."teamId" = b."teamId" AND h.kind = 'hold' AND h."createdAt" >= ${beginningOf(at)}
    JOIN "Generation" g ON g.id = h."generationId"
    CROSS JOIN LATERAL (
      SELECT count(*) AS entries, sum(e.images) AS images, sum(e.credits) AS credits FROM "LedgerEntry" e
      WHERE e."generationId" = h."generationId" AND e.kind IN ('settle', 'release', 'correction')
    ) ended
    CROSS JOIN LATERAL (SELECT EXISTS (
      SELECT FROM "BudgetCounter" own WHERE own."budgetId" = b.id AND own.id = ANY (h.counters)) AS "isHeldHere") here
    CROSS JOIN LATERAL (SELECT CASE WHEN ended.entries > 0 THEN ended.images WHEN here."isHeldHere" THEN 0 ELSE h.images END AS images,
      CASE WHEN ended.entries > 0 THEN ended.credits WHEN here."isHeldHere" THEN 0 ELSE h.credits END AS credits) spent
    LEFT JOIN "Membership" s ON s."teamId" = b."teamId" AND s."userId" = h."makerId"
    CROSS JOIN LATERAL (SELECT CASE b.scope WHEN 'team' THEN b."teamId"
      WHEN 'key' THEN CASE WHEN g.principal = 'key:' || b.subject THEN b.subject::uuid END
      WHEN 'member' THEN CASE WHEN h."makerId"::text = b.subject THEN h."makerId" END
      ELSE CASE WHEN s.role::text = b.subject THEN h."makerId" END END AS "subjectId") so
    WHERE b.id = ${budgetId}::uuid AND b.unit <> 'requests' AND so."subjectId" IS NOT NULL
    GROUP BY b.id, so."subjectId", t.id
    ON CONFLICT ("budgetId", "subjectId", period) DO UPDATE SET used = greatest(0, excluded.used)`
}

async function subjectOf(tx: Tx, { teamId }: Actor, scope: BudgetInput['scope']): Promise<string> {
  if (scope.kind === 'team') return teamId
  if (scope.kind === 'role') return scope.id
  const found =
    scope.kind === 'member'
      ? await tx.membership.findUnique({ where: { teamId_userId: { teamId, userId: scope.id } } })
      : await tx.apiKey.findFirst({ where: { id: scope.id, teamId } })
  if (!found) throw new AppError('not_found', { detail: 'The team has no such member or key.' })
  return scope.id.toLowerCase()
}

/** Ends a budget at once. What it counted stays, should the same be set again in the period. Throws `not_found`. */
export async function removeBudget(actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'manage_budgets')
  await db().$transaction(async (tx) => {
    const [removed] = await tx.budget.updateManyAndReturn({
      where: { id, teamId: actor.teamId, removedAt: null },
      data: { removedAt: new Date() },
    })
    if (!removed) throw new AppError('not_found', { detail: 'There is no such budget.' })
    const { scope, subject: of, unit, window } = removed
    const detail = { scope: layerOf(scope), of, unit, window }
    await auditAct(tx, actor, { act: 'budget.removed', subject: id, detail })
    await publish(tx, budgetChanged(actor.teamId, id))
  })
}

/** Sets where the team's days begin. Periods are kept by their date, so nobody's counter begins anew. */
export async function setTimeZone(actor: Actor, timeZone: string): Promise<BudgetList> {
  requirePermission(actor, 'manage_budgets')
  await requireTimeZone(timeZone)
  await db().$transaction(async (tx) => {
    await tx.team.update({ where: { id: actor.teamId }, data: { timeZone } })
    const act = 'budget.time_zone_set'
    await auditAct(tx, actor, { act, subject: actor.teamId, detail: { timeZone } })
    await publish(tx, budgetChanged(actor.teamId, actor.teamId))
  })
  return listBudgets(actor)
}

/** Both clocks must know it: the database counts by it, people read times in it. */
async function requireTimeZone(timeZone: string): Promise<void> {
  const known = await db().$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM pg_timezone_names WHERE name = ${timeZone} LIMIT 1`,
  )
  if (known.length > 0 && isFormattable(timeZone)) return
  throw new AppError('validation_failed', {
    detail: 'There is no such time zone.',
    errors: [{ path: 'timeZone', code: 'unknown_time_zone', message: 'An IANA name, such as Asia/Seoul.' }],
  })
}

function isFormattable(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}

export const budgetChanged = (team: string, id: string) => ({ team, kind: 'budget', id }) as const
