import type { Credits } from '@/lib/credits/schema'

type Known = Pick<Credits, 'prices' | 'defaultCredit' | 'dailyCredit' | 'monthlyCredit'>

/** What so many runs will cost, in credits, as far as the latest run of as many images tells. */
export function priceOf({ prices }: Pick<Known, 'prices'>, sample: number, runs = 1): number | undefined {
  const credits = prices.find((price) => price.sample === sample)?.credits
  return credits === undefined ? undefined : credits * runs
}

/** What is missing for it: null where the balances cover it, or where nobody knows them or the price. */
export function shortageOf(known: Known, sample: number, runs = 1): { needed: number; left: number } | null {
  const needed = priceOf(known, sample, runs)
  const { defaultCredit, dailyCredit, monthlyCredit } = known
  if (needed === undefined || defaultCredit === null || dailyCredit === null || monthlyCredit === null)
    return null
  const left = defaultCredit + dailyCredit + monthlyCredit
  return left < needed ? { needed, left } : null
}
