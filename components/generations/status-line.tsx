'use client'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { Elapsed } from '@/components/generations/elapsed'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { Button } from '@/components/ui/button'
import { Spinner } from '@/components/ui/spinner'
import { showToast } from '@/components/ui/toast'
import { useCancelGeneration } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'

const WAITS = [
  'simultaneous_generation_limit',
  'too_many_requests',
  'no_space',
  'upstream_unreachable',
] as const

/**
 * Where a generation stands that is not done: its place, how long it has been, and the way out while that is free. As
 * high as the line it begins, so that nothing moves when it goes.
 */
export function StatusLine({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.status')
  const { status, queuePosition } = generation
  return (
    <span className="mr-3 inline-flex items-center gap-2.5 text-text-2">
      <Spinner />
      <span>
        <b className="font-semibold text-text">
          {t(status === 'queued' || status === 'pending' ? status : 'sending')}
        </b>
        {status === 'queued' && queuePosition !== undefined && (
          <> · {queuePosition <= 1 ? t('next') : t('ahead', { ahead: queuePosition - 1 })}</>
        )}
      </span>
      <Elapsed
        since={status === 'queued' ? generation.createdAt : (generation.sentAt ?? generation.createdAt)}
      />
      {status === 'queued' && <CancelButton generation={generation} />}
    </span>
  )
}

/** Why it still waits, where upstream or the disk said so. */
export function WaitReason({ statusReason, waitsUntil }: Pick<Generation, 'statusReason' | 'waitsUntil'>) {
  const t = useTranslations('refusals.waiting')
  const format = useFormatter()
  const wait = WAITS.find((reason) => reason === statusReason)
  if (!wait) return null
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  return (
    <p className="mb-3 text-13 text-text-2">
      {t(wait)}
      {waitsUntil && ` ${t('until', { time: format.dateTime(new Date(waitsUntil), clock) })}`}
    </p>
  )
}

function CancelButton({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.status')
  const { team } = useComposer()
  const viewer = useViewer()
  const cancel = useCancelGeneration(team)
  if (!canChange(viewer, generation.maker.id)) return null
  // too late means that the button is gone by then
  const onCancel = () => cancel.mutateAsync(generation.id).catch(() => showToast({ title: t('tooLate') }))
  return (
    <Button size="s" className="-my-1" title={t('cancelHint')} isBusy={cancel.isPending} onClick={onCancel}>
      {t('cancel')}
    </Button>
  )
}
