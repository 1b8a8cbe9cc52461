import { useFormatter, useNow } from 'use-intl/react'

/** How long ago something was, in words. What is newer than the page's own time is now, never in the future. */
export function useRelativeTime(updateInterval = 30_000): (moment: string) => string {
  const format = useFormatter()
  const now = useNow({ updateInterval })
  return (moment) => {
    const at = new Date(moment)
    return format.relativeTime(at, at > now ? at : now)
  }
}
