'use client'
import { useTranslations } from 'use-intl/react'
import type { Generation } from '@/lib/generations/schema'

/** What a generation cost, in words, by kind of credit. */
export function useSpending(): (spent: Generation['spent']) => string[] {
  const t = useTranslations('generations.credits')
  return (spent) => {
    if (!spent) return []
    const kinds = [
      ['charged', spent.defaultCredit],
      ['daily', spent.dailyCredit],
      ['monthly', spent.monthlyCredit],
    ] as const
    return kinds.filter(([, count]) => count > 0).map(([kind, count]) => t(kind, { count }))
  }
}
