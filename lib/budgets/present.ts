import 'server-only'
import type { Budget, BudgetRequest, Layer, Standing } from '@/lib/budgets/schema'
import type { BudgetScope, Prisma } from '@/prisma/generated/client'

/** The layer as answers name it. */
export const layerOf = (scope: BudgetScope): Layer => (scope === 'key' ? 'api-key' : scope)

/** The layer as rows name it. */
export const rowScopeOf = (layer: Layer): BudgetScope => (layer === 'api-key' ? 'key' : layer)

export type BudgetRow = Omit<Budget, 'resetsAt' | 'standings' | 'scope' | 'used' | 'held'> & {
  resetsAt: Date | null
  scope: BudgetScope
  subject: string
  name: string | null
  counters: { id: string; name: string; extra: number; used: number; held: number }[]
}

export function toBudget({ scope, subject, name, resetsAt, counters, ...row }: BudgetRow): Budget {
  return {
    ...row,
    scope: { kind: layerOf(scope), id: subject, name: name ?? '' },
    used: sum(counters.map(({ used }) => used)),
    held: sum(counters.map(({ held }) => held)),
    resetsAt: resetsAt?.toISOString() ?? null,
    standings: counters.map(({ id, name, extra, used, held }) => ({
      ...{ subject: { id, name }, extra, used, held },
      left: leftOf(row.limit, { extra, used, held }),
    })),
  }
}

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

type Counted = { extra: number; used: number; held: number }

const leftOf = (limit: number, { extra, used, held }: Counted) => Math.max(0, limit + extra - used - held)

export type StandingRow = Omit<Standing, 'resetsAt' | 'left' | 'layer'> & {
  resetsAt: Date | null
  scope: BudgetScope
  subjectId: string
}

export function toStanding(row: StandingRow): Standing {
  const { budgetId, scope, unit, window, limit, extra, used, held, resetsAt, asked } = row
  return {
    budgetId,
    layer: layerOf(scope),
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
