import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { can, requirePermission } from '@/lib/access/permissions'
import { auditAct } from '@/lib/audit/server'
import { budgetsOf } from '@/lib/budgets/applicable'
import { periodOf } from '@/lib/budgets/period'
import { budgetRequestInclude, toBudgetRequest, type StandingRow } from '@/lib/budgets/present'
import type { BudgetRequest, BudgetRequestList, Decision } from '@/lib/budgets/schema'
import { budgetChanged, writeBudget } from '@/lib/budgets/server'
import { standings } from '@/lib/budgets/standing'
import { adminsOf, notify } from '@/lib/notifications/server'
import { db, isUniqueViolation, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { Prisma, type BudgetRequest as Row } from '@/prisma/generated/client'

/** Answered requests that are still listed. */
const LISTED = 20

/** Who asks for more, the open ones first, then the latest answered: of everybody for admins, else the actor's own. */
export async function listBudgetRequests(actor: Actor): Promise<BudgetRequestList> {
  const where = {
    teamId: actor.teamId,
    budget: { removedAt: null },
    ...(!can(actor, 'manage_budgets') && { askerId: actor.userId }),
  }
  const orderBy = [{ createdAt: 'desc' }, { id: 'desc' }] as const
  const read = (isOpen: boolean) =>
    db().budgetRequest.findMany({
      where: { ...where, answer: isOpen ? 'open' : { not: 'open' } },
      ...{ include: budgetRequestInclude, orderBy: [...orderBy], take: isOpen ? 100 : LISTED },
    })
  const rows = (await Promise.all([read(true), read(false)])).flat()
  const standingOf = await readStandings(rows, actor.userId)
  return {
    items: rows.flatMap((row) => {
      const standing = standingOf.get(`${row.budgetId} ${row.subjectId}`)
      return standing ? [toBudgetRequest(row, standing)] : []
    }),
  }
}

async function readStandings(rows: Pick<Row, 'budgetId' | 'subjectId'>[], askerId: string) {
  const budgets = Prisma.sql`(
    SELECT DISTINCT own.*, asked.subject_id AS "subjectId"
    FROM unnest(${rows.map(({ budgetId }) => budgetId)}::uuid[], ${rows.map(({ subjectId }) => subjectId)}::uuid[])
      AS asked (budget_id, subject_id)
    JOIN "Budget" own ON own.id = asked.budget_id
  ) b JOIN "Team" t ON t.id = b."teamId"`
  const found = await db().$queryRaw<StandingRow[]>(standings(budgets, { at: new Date(), askerId }))
  return new Map(found.map((row) => [`${row.budgetId} ${row.subjectId}`, row]))
}

type Asked = { budgetId: string; note: string }

/**
 * Asks the admins for more of a budget that the actor's work counts in. Throws `not_found` for any other budget,
 * `already_exists` while an earlier request waits for its answer.
 */
export async function askForMore(actor: Actor, { budgetId, note }: Asked): Promise<BudgetRequest> {
  requirePermission(actor, 'generate')
  const [budget] = await db().$queryRaw<{ subjectId: string }[]>`
    SELECT b."subjectId"::text FROM ${budgetsOf(actor)} WHERE b.id = ${budgetId}::uuid`
  if (!budget) throw new AppError('not_found', { detail: 'There is no such budget.' })
  const data = { teamId: actor.teamId, budgetId, askerId: actor.userId, subjectId: budget.subjectId, note }
  const id = await db()
    .$transaction(async (tx) => {
      const made = await tx.budgetRequest.create({ data, select: { id: true } })
      await publish(tx, budgetChanged(actor.teamId, made.id))
      const { name } = await tx.user.findUniqueOrThrow({
        where: { id: actor.userId },
        select: { name: true },
      })
      const admins = await adminsOf(tx, actor.teamId)
      await notify(tx, {
        ...{ teamId: actor.teamId, userIds: admins.filter((id) => id !== actor.userId) },
        ...{ occasion: `budget asked ${made.id}`, notice: { kind: 'budget_asked', name, note } },
      })
      return made.id
    })
    .catch((error: unknown) => {
      if (isUniqueViolation(error)) throw new AppError('already_exists', { detail: 'It was asked already.' })
      throw error
    })
  return getBudgetRequest(actor, id)
}

/** Throws `not_found` for a request that the actor does not see. */
export async function getBudgetRequest(actor: Actor, id: string): Promise<BudgetRequest> {
  const found = (await listBudgetRequests(actor)).items.find((item) => item.id === id)
  if (!found) throw new AppError('not_found', { detail: 'There is no such request.' })
  return found
}

/**
 * Answers a request, once: grants more in the period that runs now, raises the limit (a role's budget is not raised for
 * everybody: who asked gets one of their own), or declines. Throws `conflict` when somebody else was
 * first, `validation_failed` for a limit no higher than it is, `not_found`.
 */
export async function decide(actor: Actor, id: string, decision: Decision): Promise<BudgetRequest> {
  requirePermission(actor, 'manage_budgets')
  await db().$transaction(async (tx) => {
    const { answer } = decision
    const amount = decision.answer === 'declined' ? null : decision.amount
    const [decided] = await tx.budgetRequest.updateManyAndReturn({
      where: { id, teamId: actor.teamId, answer: 'open', budget: { removedAt: null } },
      data: { answer, amount, decidedById: actor.userId, decidedAt: new Date() },
    })
    if (!decided) throw await whyNot(tx, actor, id)
    if (decision.answer === 'granted') await grant(tx, decided, decision.amount)
    if (decision.answer === 'raised') await raise(tx, decided, decision.amount)
    const detail = { budget: decided.budgetId, amount }
    await auditAct(tx, actor, { act: `budget.${answer}`, subject: decided.askerId, detail })
    await publish(tx, budgetChanged(actor.teamId, id))
    const { unit } = await tx.budget.findUniqueOrThrow({ where: { id: decided.budgetId } })
    await notify(tx, {
      ...{ teamId: actor.teamId, userIds: [decided.askerId], occasion: `budget answered ${id}` },
      notice: { kind: 'budget_answered', answer, amount, unit },
    })
  })
  return getBudgetRequest(actor, id)
}

async function whyNot(tx: Tx, { teamId }: Actor, id: string): Promise<AppError> {
  const known = await tx.budgetRequest.findFirst({ where: { id, teamId }, select: { id: true } })
  return known
    ? new AppError('conflict', { detail: 'It was answered already, or its budget is gone.' })
    : new AppError('not_found', { detail: 'There is no such request.' })
}

async function grant(tx: Tx, { budgetId, subjectId }: Row, amount: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "BudgetCounter" AS c ("budgetId", "subjectId", period, extra)
    SELECT b.id, ${subjectId}::uuid, ${periodOf(new Date())}, ${amount}::numeric
    FROM "Budget" b JOIN "Team" t ON t.id = b."teamId" WHERE b.id = ${budgetId}::uuid
    ON CONFLICT ("budgetId", "subjectId", period) DO UPDATE SET extra = c.extra + excluded.extra`
}

async function raise(tx: Tx, { budgetId, subjectId, teamId }: Row, limit: number): Promise<void> {
  const { scope, unit, window, ...before } = await tx.budget.findUniqueOrThrow({ where: { id: budgetId } })
  if (before.limit.gte(limit))
    throw new AppError('validation_failed', {
      detail: 'The limit is that high already.',
      errors: [{ path: 'amount', code: 'too_small', message: 'More than the limit.' }],
    })
  if (scope !== 'role') await tx.budget.update({ where: { id: budgetId }, data: { limit } })
  else {
    const own = { kind: 'member', id: subjectId } as const
    await writeBudget(tx, teamId, { scope: own, subject: subjectId, unit, window, limit })
  }
}
