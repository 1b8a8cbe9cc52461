import type { Actor } from '@/lib/access/actor'
import type { BudgetInput } from '@/lib/budgets/schema'
import { setBudget } from '@/lib/budgets/server'
import { db } from '@/lib/platform/db'

/** The counters of a team's budgets as numbers, by budget. */
export async function countersOf(teamId: string) {
  const rows = await db().budgetCounter.findMany({
    where: { budget: { teamId } },
    include: { budget: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ used, held, extra, budget, ...row }) => ({
    ...{ id: row.id, subjectId: row.subjectId, period: row.period.toISOString().slice(0, 10) },
    ...{ unit: budget.unit, scope: budget.scope, limit: Number(budget.limit) },
    ...{ used: Number(used), held: Number(held), extra: Number(extra) },
  }))
}

export type LedgerRow = {
  kind: string
  generationId: string | null
  makerId: string | null
  images: number
  credits: number
  isEstimate: boolean
}

/** The rows of the team's generations, oldest first; or of an account. */
export async function ledgerOf(where: { teamId: string } | { accountId: string }): Promise<LedgerRow[]> {
  const rows = await db().ledgerEntry.findMany({ where, orderBy: { id: 'asc' } })
  return rows.map(({ kind, generationId, makerId, images, credits, isEstimate }) => ({
    ...{ kind, generationId, makerId, images, credits: Number(credits), isEstimate },
  }))
}

/** Sets a budget as the admin and returns its id. */
export async function budgetFor(admin: Actor, input: BudgetInput): Promise<string> {
  const { items } = await setBudget(admin, input)
  const id = 'id' in input.scope ? input.scope.id : admin.teamId
  const made = items.find(
    ({ scope, unit, window }) => scope.id === id && unit === input.unit && window === input.window,
  )
  if (!made) throw new Error('The budget was not made.')
  return made.id
}
