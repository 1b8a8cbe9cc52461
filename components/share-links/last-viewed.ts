import { useFormatter, useNow } from 'use-intl/react'

const MINUTE_MS = 60_000

/** "2 hours ago", in whole minutes: server and browser then say the same, however long the page takes between them. */
export function useLastViewed(iso: string | null): string | null {
  const format = useFormatter()
  const now = wholeMinute(useNow({ updateInterval: MINUTE_MS }).getTime())
  if (!iso) return null
  return format.relativeTime(new Date(Math.min(now, wholeMinute(Date.parse(iso)))), {
    now: new Date(now),
    ...(now - Date.parse(iso) < MINUTE_MS && { unit: 'minute' }),
  })
}

const wholeMinute = (timeMs: number) => Math.floor(timeMs / MINUTE_MS) * MINUTE_MS
