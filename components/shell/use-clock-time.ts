import { useFormatter, useNow } from 'use-intl/react'

/** When something was seen: the time of day, with the day once it is another than today. Takes ISO 8601. */
export function useClockTime(): (moment: string) => string {
  const format = useFormatter()
  const now = useNow()
  const dayOf = (date: Date) => format.dateTime(date, { dateStyle: 'short' })
  return (moment) => {
    const date = new Date(moment)
    const day = dayOf(date) === dayOf(now) ? {} : ({ month: 'short', day: 'numeric' } as const)
    return format.dateTime(date, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  }
}
