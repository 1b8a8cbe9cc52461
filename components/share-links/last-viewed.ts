import { useFormatter, useNow } from 'use-intl/react'

const MINUTE_MS = 60_000

/** "2 hours ago", in whole minutes and at least one: server and browser then say the same, however long the page takes between them. */
export function useLastViewed(iso: string | null): string | null {
  const format = useFormatter()
  const now = wholeMinute(useNow({ updateInterval: MINUTE_MS }).getTime())
  if (!iso) return null
  const seen = Math.min(now - MINUTE_MS, wholeMinute(Date.parse(iso)))
  return format.relativeTime(new Date(seen), new Date(now))
}

const wholeMinute = (timeMs: number) => Math.floor(timeMs / MINUTE_MS) * MINUTE_MS
