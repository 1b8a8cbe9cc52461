import 'server-only'
import { periodOf } from '@/lib/budgets/period'
import { Prisma, type UpstreamAccount } from '@/prisma/generated/client'

/** The share of the credits that is used of what there was at the last renewal or top-up; null while nobody knows. */
export function usedShareOf({
  defaultCredit,
  monthlyCredit,
  fullCredit,
}: Pick<UpstreamAccount, 'defaultCredit' | 'monthlyCredit' | 'fullCredit'>): number | null {
  if (!fullCredit || defaultCredit === null) return null
  return 1 - (defaultCredit + (monthlyCredit ?? 0)) / fullCredit
}

/** SQL for budgets `b` of teams `t` with their counters `c` of the period that runs now; requests at once have none. */
export const runningBudgets = (now: Date) => Prisma.sql`"Budget" b
  JOIN "Team" t ON t.id = b."teamId" AND t."deletedAt" IS NULL
  JOIN "BudgetCounter" c ON c."budgetId" = b.id
    AND b."removedAt" IS NULL AND b.unit <> 'requests' AND c.period = ${periodOf(now)}`

/** SQL for the share of such a budget that is used or kept aside; null where it allows nothing. */
export const takenShare = Prisma.sql`((c.used + c.held) / nullif(b."limit" + c.extra, 0))::float8`
