import { useTranslations } from 'use-intl/react'
import { Meter } from '@/components/ui/meter'
import type { SetProgress } from '@/lib/generations/schema'

type ProgressProps = { paused: boolean; progress: SetProgress }

/** How far a set is, in words and as a line. */
export function SetProgressLine({ paused, progress }: ProgressProps) {
  const t = useTranslations('sets')
  const { total, open, queued, succeeded, failed, canceled, unknown } = progress
  const done = t('progress', { done: succeeded, total })
  const parts = [
    done,
    failed > 0 && t('failed', { count: failed }),
    canceled > 0 && t('canceled', { count: canceled }),
    unknown > 0 && t('unknown', { count: unknown }),
    paused && queued > 0 && t('paused'),
  ]
  return (
    <span className="grid max-w-md gap-2">
      <span className="text-13 text-text-2">{parts.filter(Boolean).join(' · ')}</span>
      {open > 0 && <Meter label={done} value={succeeded} max={total} />}
    </span>
  )
}
