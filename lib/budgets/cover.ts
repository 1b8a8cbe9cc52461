import type { Standing } from '@/lib/budgets/schema'

type Wanted = { requests: number; images: number; credits: number }

/** The nearest budget that does not cover it, and how much it takes of that. */
export function budgetShortOf(
  budgets: readonly Standing[],
  wanted: Wanted,
): { standing: Standing; needed: number } | null {
  const standing = budgets.find(({ unit, left }) => left < wanted[unit])
  return standing ? { standing, needed: wanted[standing.unit] } : null
}
