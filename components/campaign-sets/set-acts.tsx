'use client'
import { Pause, Play, RotateCcw } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { usePriced } from '@/components/generations/use-run'
import { Button } from '@/components/ui/button'
import { showToast } from '@/components/ui/toast'
import { useSetAct, type SetAct } from '@/lib/campaign-sets/client'
import type { SetProgress } from '@/lib/generations/schema'
import { errorKey } from '@/lib/platform/api-client'

type ActsProps = {
  team: string
  set: { id: string; paused: boolean; progress: SetProgress }
  /** Images of a cell. */
  sample: number
  /** Ends what waits, too. */
  canCancel?: boolean
}

/** What can be done with a set now: hold what waits or let it go on, ask again for what failed, with what it will cost. */
export function SetActs({ team, set, sample, canCancel }: ActsProps) {
  const t = useTranslations('sets.acts')
  const c = useTranslations('common')
  const act = useSetAct(team, set.id)
  const { priced } = usePriced(team)
  const { queued, failed, canceled } = set.progress
  const count = failed + canceled
  const again = priced(canceled > 0 ? t('remaining', { count }) : t('retry', { count }), sample, count)
  const button = (kind: SetAct, icon: React.ReactNode, name: string) => (
    <Button
      isBusy={act.isPending && act.variables === kind}
      disabled={act.isPending}
      onClick={() =>
        act.mutate(kind, { onError: (error) => showToast({ title: c(errorKey(error)), isUrgent: true }) })
      }
    >
      {icon}
      {name}
    </Button>
  )
  return (
    <>
      {count > 0 && button('retry', <RotateCcw aria-hidden className="size-4" />, again)}
      {queued > 0 && !set.paused && button('pause', <Pause aria-hidden className="size-4" />, t('pause'))}
      {queued > 0 && set.paused && button('continue', <Play aria-hidden className="size-4" />, t('continue'))}
      {canCancel && queued > 0 && button('cancel', null, t('cancel'))}
    </>
  )
}
