import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { budgetsOf } from '@/lib/budgets/applicable'
import { periodOf } from '@/lib/budgets/period'
import { refusal, underWay } from '@/lib/budgets/standing'
import { latestPrice } from '@/lib/ledger/price'
import type { SqlTx } from '@/lib/platform/sql-transaction'
import { Prisma } from '@/prisma/generated/client'

/** A budget that a hold was asked of, and whether it covered it. */
export type Asked = { id: string; unit: 'images' | 'credits' | 'requests'; amount: number; isTaken: boolean }

/**
 * SQL that keeps aside what Generations may cost that `rows` names, in the ledger and in every budget that applies: common
 * table expressions, for the statement that inserts them. It does nothing where there are no rows, and it must not commit
 * unless `requireCover` finds every budget in `askedBudgets` to cover it. The last of the transaction: whoever else needs the
 * same counters waits for its end.
 */
export const holding = (actor: Actor, at: Date, rows: Prisma.Sql) => Prisma.sql`
  asked AS (
    SELECT g.id, g."accountId", g."teamId", g."makerId", g.sample, price.credits
    FROM ${rows} g LEFT JOIN LATERAL (${latestPrice(Prisma.sql`g."accountId"`, Prisma.sql`g.sample`)}) price ON true
  ), budget AS (
    SELECT b.id, b.unit, b."limit", b."subjectId", ${periodOf(at)} AS period, CASE b.unit
      WHEN 'images' THEN (SELECT sum(sample) FROM asked)
      WHEN 'credits' THEN (SELECT sum(coalesce(credits, sample)) FROM asked) ELSE 0 END AS amount
    FROM ${budgetsOf(actor)} WHERE EXISTS (SELECT FROM asked) ORDER BY b.id
  ), taken AS (
    INSERT INTO "BudgetCounter" AS c ("budgetId", "subjectId", period, held)
    SELECT id, "subjectId", period, amount FROM budget
    WHERE amount <= "limit" + coalesce((SELECT known.extra FROM "BudgetCounter" known WHERE known."budgetId" = budget.id
      AND known."subjectId" = budget."subjectId" AND known.period = budget.period), 0)
    ON CONFLICT ("budgetId", "subjectId", period) DO UPDATE SET held = c.held + excluded.held
      WHERE c.used + c.held + excluded.held <= c.extra + (SELECT "limit" FROM budget WHERE id = c."budgetId")
    RETURNING id, "budgetId"
  ), held AS (
    INSERT INTO "LedgerEntry"
      (kind, "accountId", "teamId", "makerId", "generationId", sample, images, credits, "isEstimate", counters, "createdAt")
    SELECT 'hold', "accountId", "teamId", "makerId", id, sample, sample, coalesce(credits, sample), true,
      (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM taken), ${at}::timestamptz
    FROM asked
  )`

/** SQL for the budgets that `holding` asked, as JSON of `Asked`. */
export const askedBudgets = Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('id', b.id, 'unit', b.unit, 'amount', b.amount, 'isTaken', t.id IS NOT NULL)), '[]')
  FROM budget b LEFT JOIN taken t ON t."budgetId" = b.id)`

type Hold = { at: Date; budgets: Asked[] }

/** Throws `budget_exceeded` where a budget does not cover what was held: the transaction must not commit then. */
export async function requireCover(tx: SqlTx, actor: Actor, { at, budgets }: Hold): Promise<void> {
  const short = budgets.filter(({ isTaken }) => !isTaken)
  if (short.length > 0) throw await refusal(tx, actor, { at, short })
  if (budgets.some(({ unit }) => unit === 'requests')) await refuseTooManyAtOnce(tx, actor, at)
}

/** The same for generations that were just inserted, all or nothing. One statement where no budget counts requests at once. */
export async function holdGenerations(tx: SqlTx, actor: Actor, ids: readonly string[]): Promise<void> {
  const at = new Date()
  const rows = Prisma.sql`(SELECT * FROM "Generation" WHERE id = ANY (${ids}::uuid[]))`
  const [asked] = await tx.$queryRaw<{ budgets: Asked[] }[]>`
    WITH ${holding(actor, at, rows)} SELECT ${askedBudgets} AS budgets`
  await requireCover(tx, actor, { at, budgets: asked?.budgets ?? [] })
}

/**
 * Its counter's row is locked by now, so this sees everything that was let through before. What is under way is counted
 * anew each time: nothing has to be given back, and nothing can be forgotten.
 */
async function refuseTooManyAtOnce(tx: SqlTx, actor: Actor, at: Date): Promise<void> {
  const short = await tx.$queryRaw<{ id: string; amount: number }[]>`
    SELECT b.id::text, 1::float8 AS amount FROM ${budgetsOf(actor)}
    LEFT JOIN "BudgetCounter" c ON c."budgetId" = b.id AND c."subjectId" = b."subjectId" AND c.period = ${periodOf(at)}
    WHERE b.unit = 'requests' AND ${underWay} > b."limit" + coalesce(c.extra, 0)`
  if (short.length > 0) throw await refusal(tx, actor, { at, short })
}
