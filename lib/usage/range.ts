import { DAY_MS } from '@/lib/platform/durations'

/** A leap year and a day. */
export const RANGE_MAX_DAYS = 367
export const PERIODS = ['week', 'month', 'last_month', 'year'] as const
export type Period = (typeof PERIODS)[number]

/** Days as YYYY-MM-DD, both included. */
export type DayRange = { from: string; to: string }

/** The day that it is at `now` in a time zone. */
export function dayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now) // en-CA writes YYYY-MM-DD
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** The days of a period as seen on `today`: the last seven, this month and year so far, the month before whole. */
export function rangeOf(period: Period, today: string): DayRange {
  const firstOfMonth = `${today.slice(0, 7)}-01`
  if (period === 'week') return { from: addDays(today, -6), to: today }
  if (period === 'month') return { from: firstOfMonth, to: today }
  if (period === 'year') return { from: `${today.slice(0, 4)}-01-01`, to: today }
  const to = addDays(firstOfMonth, -1)
  return { from: `${to.slice(0, 7)}-01`, to }
}
