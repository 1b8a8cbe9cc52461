import 'server-only'
import type { Budget, BudgetRequest, Standing } from '@/lib/budgets/schema'
import type { Prisma } from '@/prisma/generated/client'

export type BudgetRow = Omit<Budget, 'resetsAt' | 'standings' | 'scope'> & {
  resetsAt: Date | null
  kind: Budget['scope']['kind']
  subject: string
  name: string | null
  counters: { id: string; name: string; extra: number; used: number; held: number }[]
}

export function toBudget({ kind, subject, name, resetsAt, counters, ...row }: BudgetRow): Budget {
  return {
    ...row,
    scope: { kind, id: subject, name: name ?? '' },
    resetsAt: resetsAt?.toISOString() ?? null,
    standings: counters.map(({ id, name, extra, used, held }) => ({
      ...{ subject: { id, name }, extra, used, held },
      left: leftOf(row.limit, { extra, used, held }),
    })),
  }
}

type Counted = { extra: number; used: number; held: number }

const leftOf = (limit: number, { extra, used, held }: Counted) => Math.max(0, limit + extra - used - held)

export type StandingRow = Omit<Standing, 'resetsAt' | 'left'> & { resetsAt: Date | null; subjectId: string }

export function toStanding(row: StandingRow): Standing {
  const { budgetId, layer, unit, window, limit, extra, used, held, resetsAt, asked } = row
  return {
    budgetId,
    layer,
    unit,
    window,
    limit,
    extra,
    used,
    held,
    left: leftOf(limit, row),
    resetsAt: resetsAt?.toISOString() ?? null,
    asked,
  }
}

export const budgetRequestInclude = {
  asker: { select: { id: true, name: true } },
} satisfies Prisma.BudgetRequestInclude

type RequestRow = Prisma.BudgetRequestGetPayload<{ include: typeof budgetRequestInclude }>

export function toBudgetRequest(row: RequestRow, standing: StandingRow): BudgetRequest {
  return {
    id: row.id,
    asker: row.asker,
    note: row.note,
    answer: row.answer,
    amount: row.amount === null ? null : Number(row.amount),
    createdAt: row.createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    standing: toStanding(standing),
    subject: row.subjectId,
  }
}
