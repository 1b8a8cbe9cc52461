import { useFormatter, useNow, useTranslations } from 'use-intl/react'

const MINUTE_MS = 60_000

/**
 * How long ago something was, in words, at most half a minute late. Under a minute it is just now: seconds would stand
 * still. What is newer than the page's own time is just now too, never in the future.
 */
export function useRelativeTime(updateInterval = 30_000): (moment: string) => string {
  const t = useTranslations('common')
  const format = useFormatter()
  const now = useNow({ updateInterval })
  return (moment) => {
    const at = new Date(moment)
    return now.getTime() - at.getTime() < MINUTE_MS ? t('justNow') : format.relativeTime(at, now)
  }
}
