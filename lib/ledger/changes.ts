import 'server-only'
import { Prisma } from '@/prisma/generated/client'

type Balances = { defaultCredit: number; dailyCredit: number; monthlyCredit: number }
type Change = { accountId: string; generationId: string | null; now: Balances; at: Date }

/**
 * SQL that writes down what an account's balances fell and rose by since the row of `before`, if there is one, as numeric:
 * the entries add up to the difference between the first and the latest balances, exactly. Where `proven` has a row, the
 * generation alone can have caused it. The account's row must be locked.
 */
export const changeRows = ({ accountId, generationId, now, at }: Change) => Prisma.sql`
  INSERT INTO "LedgerEntry" (kind, "accountId", "teamId", "makerId", "generationId", sample, credits, "createdAt")
  SELECT change.kind, ${accountId}::uuid, g."teamId", g."makerId", g.id, g.sample, change.credits, ${at}::timestamptz
  FROM (
    SELECT part.kind, sum(part.credits) AS credits
    FROM before CROSS JOIN LATERAL (VALUES
      (before."defaultCredit"::numeric - ${now.defaultCredit}::float8::numeric),
      (before."dailyCredit"::numeric - ${now.dailyCredit}::float8::numeric),
      (before."monthlyCredit"::numeric - ${now.monthlyCredit}::float8::numeric)) balance (fell)
    CROSS JOIN LATERAL (VALUES ('fall'::"LedgerKind", greatest(fell, 0)), ('rise', greatest(-fell, 0))) part (kind, credits)
    GROUP BY part.kind
  ) change
  LEFT JOIN "Generation" g ON g.id = ${generationId}::uuid AND change.kind = 'fall' AND EXISTS (SELECT FROM proven)
  WHERE change.credits > 0 OR g.id IS NOT NULL`
