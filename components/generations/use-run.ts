'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import type { From } from '@/components/generations/run'
import { untilLoaded } from '@/components/ui/on-demand'
import { budgetShortOf } from '@/lib/budgets/cover'
import { creditQueries } from '@/lib/credits/client'
import { priceOf, shortageOf } from '@/lib/credits/price'
import type { Run } from '@/lib/drafts/run'

/** Generates from something that is there, at once; the code comes with the first press. */
export function useRun(team: string) {
  const t = useTranslations('actions')
  const c = useTranslations('common')
  const client = useQueryClient()
  return async (run: Run, from: From): Promise<void> => {
    const { startRun } = await untilLoaded(() => import('@/components/generations/run'))
    await startRun({ client, team, t, c }, run, from)
  }
}

/** A name with what the run will cost, as far as the latest run of as many images tells. */
export function usePriced(team: string) {
  const t = useTranslations('actions')
  const { data } = useQuery(creditQueries.current(team))
  const worded = (sample: number, runs = 1) => {
    const credits = data && priceOf(data, sample, runs)
    return credits === undefined ? undefined : t('price', { credits })
  }
  return {
    priceOf: worded,
    /** The nearest budget of the Studio that does not cover it. */
    budgetShort: (sample: number, runs = 1) => {
      const images = sample * runs
      const credits = (data && priceOf(data, sample, runs)) ?? images // what the server holds where the price is unknown
      return data ? budgetShortOf(data.budgets, { requests: runs, images, credits }) : null
    },
    /** Why the balances do not cover it, and what one can do. */
    shortage: (sample: number, runs = 1) => {
      const missing = data ? shortageOf(data, sample, runs) : null
      return missing ? t('shortage', missing) : undefined
    },
    priced: (name: string, sample: number, runs = 1) => {
      const price = worded(sample, runs)
      return price ? t('priced', { name, price }) : name
    },
  }
}
