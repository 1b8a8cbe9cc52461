import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { budgetsOf } from '@/lib/budgets/applicable'
import { periodOf } from '@/lib/budgets/period'
import { refusal, underWay } from '@/lib/budgets/standing'
import { latestPrice } from '@/lib/ledger/price'
import type { Tx } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'

type Asked = { id: string; unit: 'images' | 'credits' | 'requests'; amount: number; isTaken: boolean }

/**
 * Keeps aside what generations that were just inserted may cost, in the ledger and in every budget that applies, all or
 * nothing: one statement where no budget counts requests at once. Throws `budget_exceeded`, and the transaction must not
 * commit then. The last of the transaction: whoever else needs the same counters waits for its end.
 */
export async function holdGenerations(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  const at = new Date()
  const budgets = await tx.$queryRaw<Asked[]>`
    WITH asked AS (
      SELECT g.id, g."accountId", g."teamId", g."makerId", g.sample, price.credits
      FROM "Generation" g LEFT JOIN LATERAL (${latestPrice(Prisma.sql`g."accountId"`, Prisma.sql`g.sample`)}) price ON true
      WHERE g.id = ANY (${ids}::uuid[])
    ), budget AS (
      SELECT b.id, b.unit, b."limit", b."subjectId", ${periodOf(at)} AS period, CASE b.unit
        WHEN 'images' THEN (SELECT sum(sample) FROM asked)
        WHEN 'credits' THEN (SELECT sum(coalesce(credits, sample)) FROM asked) ELSE 0 END AS amount
      FROM ${budgetsOf(actor)} ORDER BY b.id
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
    )
    SELECT b.id::text, b.unit::text, b.amount::float8, t.id IS NOT NULL AS "isTaken"
    FROM budget b LEFT JOIN taken t ON t."budgetId" = b.id`
  const short = budgets.filter(({ isTaken }) => !isTaken)
  if (short.length > 0) throw await refusal(tx, actor, { at, short })
  if (budgets.some(({ unit }) => unit === 'requests')) await refuseTooManyAtOnce(tx, actor, at)
}

/**
 * Its counter's row is locked by now, so this sees everything that was let through before. What is under way is counted
 * anew each time: nothing has to be given back, and nothing can be forgotten.
 */
async function refuseTooManyAtOnce(tx: Tx, actor: Actor, at: Date): Promise<void> {
  const short = await tx.$queryRaw<{ id: string; amount: number }[]>`
    SELECT b.id::text, 1::float8 AS amount FROM ${budgetsOf(actor)}
    LEFT JOIN "BudgetCounter" c ON c."budgetId" = b.id AND c."subjectId" = b."subjectId" AND c.period = ${periodOf(at)}
    WHERE b.unit = 'requests' AND ${underWay} > b."limit" + coalesce(c.extra, 0)`
  if (short.length > 0) throw await refusal(tx, actor, { at, short })
}
