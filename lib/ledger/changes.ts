import 'server-only'
import { Prisma } from '@/prisma/generated/client'

type Balances = { defaultCredit: number; dailyCredit: number; monthlyCredit: number }
type Change = {
  accountId: string
  before: Balances
  now: Balances
  at: Date
  /** The generation that alone can have caused it. */
  generationId: string | null
}

/**
 * SQL that writes down what an account's balances fell and rose by between two answers, as numeric: the rows add up to the
 * difference between the first and the latest balances, exactly. The account's row must be locked.
 */
export function changeRows({ accountId, before, now, at, generationId }: Change): Prisma.Sql {
  const kinds = [
    [before.defaultCredit, now.defaultCredit],
    [before.dailyCredit, now.dailyCredit],
    [before.monthlyCredit, now.monthlyCredit],
  ].map(([from, to]) => Prisma.sql`(${from}::float8::numeric - ${to}::float8::numeric)`)
  return Prisma.sql`
    INSERT INTO "LedgerEntry" (kind, "accountId", "teamId", "makerId", "generationId", sample, credits, "createdAt")
    SELECT change.kind, ${accountId}::uuid, g."teamId", g."makerId", g.id, g.sample, change.credits, ${at}::timestamptz
    FROM (
      SELECT part.kind, sum(part.credits) AS credits FROM (VALUES ${Prisma.join(kinds)}) balance (fell)
      CROSS JOIN LATERAL (VALUES ('fall'::"LedgerKind", greatest(fell, 0)), ('rise', greatest(-fell, 0))) part (kind, credits)
      GROUP BY part.kind
    ) change
    LEFT JOIN "Generation" g ON g.id = ${generationId}::uuid AND change.kind = 'fall'
    WHERE change.credits > 0 OR g.id IS NOT NULL`
}
