import type { Balances } from '@/lib/upstream/schema'

/** Balances with the day and month (in Seoul) they were last renewed on. */
export type Credits = Balances & { day: string; month: string }

/** What the sandbox's plan gives: `dailyCredit` each day, `monthlyCredit` each month; `defaultCredit` only once. */
export const PLAN: Balances = { defaultCredit: 400, dailyCredit: 200, monthlyCredit: 2000 }

export function newCredits(now: Date): Credits {
  return { ...PLAN, ...datesOf(now) }
}

/** Renewed at midnight in Seoul. */
export function renewed(credits: Credits, now: Date): Credits {
  const { day, month } = datesOf(now)
  return {
    ...credits,
    ...(day !== credits.day && { dailyCredit: Math.max(credits.dailyCredit, PLAN.dailyCredit), day }),
    ...(month !== credits.month && {
      monthlyCredit: Math.max(credits.monthlyCredit, PLAN.monthlyCredit),
      month,
    }),
  }
}

/** After paying `price`, what expires first goes first; null when there is not enough. */
export function spent(credits: Credits, price: number): Credits | null {
  const { dailyCredit, monthlyCredit, defaultCredit } = credits
  if (dailyCredit + monthlyCredit + defaultCredit < price) return null
  const daily = Math.min(dailyCredit, price)
  const monthly = Math.min(monthlyCredit, price - daily)
  return {
    ...credits,
    dailyCredit: dailyCredit - daily,
    monthlyCredit: monthlyCredit - monthly,
    defaultCredit: defaultCredit - (price - daily - monthly),
  }
}

/** The first midnight of the next month in Seoul, nine hours ahead of UTC all year. */
export function nextRenewal(now: Date): Date {
  const [year = 0, month = 0] = datesOf(now).month.split('-').map(Number)
  return new Date(Date.UTC(year, month, 1) - 9 * 3_600_000)
}

function datesOf(now: Date): { day: string; month: string } {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul' }).format(now)
  return { day, month: day.slice(0, 7) }
}
