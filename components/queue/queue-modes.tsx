'use client'
import { useTranslations } from 'use-intl/react'
import { Segmented } from '@/components/ui/segmented'
import { showToast } from '@/components/ui/toast'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { useSetQueueMode } from '@/lib/generations/queue/client'
import { QUEUE_MODES, type QueueMode } from '@/lib/generations/queue/modes'
import { errorKey } from '@/lib/platform/api-client'

/**
 * Stops the team's queue, lets it run empty, or opens it again, with what that means: of the saved mode, as a queue that
 * is being stopped may send for a moment more.
 */
export function QueueModes({ team, mode }: { team: string; mode: QueueMode }) {
  const t = useTranslations('queue.modes')
  const c = useTranslations('common')
  const change = useSetQueueMode(team)
  const set = (next: QueueMode) =>
    change.mutateAsync(next, {
      onError: (error) => showToast({ title: c(errorKey(error)), isUrgent: true }),
    })
  const [shown, choose] = useOptimisticChoice(mode, set)
  return (
    <div className="mt-8 grid max-w-[460px] gap-2.5">
      <Segmented
        label={t('label')}
        value={shown}
        options={QUEUE_MODES.map((value) => ({ value, label: t(value) }))}
        onChange={choose}
      />
      <p role="status" className="min-h-11 text-13 text-text-2">
        {t(`${mode}Hint`)}
      </p>
    </div>
  )
}
