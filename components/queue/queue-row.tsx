'use client'
import { ArrowUpToLine } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { Line } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { showToast } from '@/components/ui/toast'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { useCancelGeneration } from '@/lib/generations/client'
import { useMoveToFront } from '@/lib/generations/queue/client'
import type { QueueMode } from '@/lib/generations/queue/modes'
import type { QueueItem } from '@/lib/generations/queue/schema'
import { errorKey } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'

type Props = { team: string; item: QueueItem; mode: QueueMode; canMove: boolean; canCancel: boolean }

/** One generation that is sent or waits: whose it is, where it stands, and what may be done with it. */
export function QueueRow({ team, item, mode, canMove, canCancel }: Props) {
  const t = useTranslations('queue')
  const c = useTranslations('common')
  const ago = useRelativeTime()
  const move = useMoveToFront(team)
  const cancel = useCancelGeneration(team)
  const { id, prompt, sample, maker, status, position, isMovedUp, createdAt, sentAt } = item
  const isWaiting = status === 'queued'
  const failed = (error: Error) => showToast({ title: c(errorKey(error)) })
  const held = mode === 'paused' ? t('isPaused') : t('isHeld')
  return (
    <Line
      actions={
        isWaiting && (
          <>
            {canMove && (
              <Button
                size="s"
                tone="ghost"
                isBusy={move.isPending}
                aria-label={t('moveNamed', { prompt: isolate(prompt) })}
                onClick={() => move.mutate(id, { onError: failed })}
              >
                <ArrowUpToLine aria-hidden className="size-4" />
                {t('move')}
              </Button>
            )}
            {canCancel && (
              <Button
                size="s"
                isBusy={cancel.isPending}
                aria-label={t('cancelNamed', { prompt: isolate(prompt) })}
                onClick={() => cancel.mutate(id, { onError: failed })}
              >
                {t('cancel')}
              </Button>
            )}
          </>
        )
      }
    >
      <p dir="auto" className="line-clamp-2 font-medium wrap-anywhere">
        {prompt}
      </p>
      <p className="mt-0.5 flex flex-wrap gap-x-2 text-13 text-text-2">
        <bdi>{maker.name}</bdi>
        <span>· {t('images', { count: sample })}</span>
        <span>· {isWaiting ? (position === null ? held : t('place', { position })) : t('sent')}</span>
        {isMovedUp && isWaiting && <span>· {t('movedUp')}</span>}
        <time dateTime={sentAt ?? createdAt} className="text-text-3">
          · {ago(sentAt ?? createdAt)}
        </time>
      </p>
    </Line>
  )
}
