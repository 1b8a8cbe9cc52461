'use client'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { showToast } from '@/components/ui/toast'
import { useDismissGeneration } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import { errorKey } from '@/lib/platform/api-client'

/** Puts away in the feed that nothing came of a generation; undefined where nothing can be put away or the person may not. */
export function useDismissal(generation: Generation): (() => void) | undefined {
  const t = useTranslations('generations.actions')
  const c = useTranslations('common')
  const { team, person } = useComposer()
  const { mutateAsync } = useDismissGeneration(team, person.id)
  const viewer = useViewer()
  const { id, maker, status } = generation
  if (!canChange(viewer, maker.id) || (status !== 'failed' && status !== 'canceled')) return undefined
  const refuse = (error: unknown) => showToast({ title: c(errorKey(error)), isUrgent: true })
  const set = (isDismissed: boolean) => mutateAsync({ id, isDismissed })
  return () =>
    void set(true).then(
      () =>
        showToast({
          title: t('dismissed'),
          action: { label: c('undo'), onAct: () => void set(false).catch(refuse) },
        }),
      refuse,
    )
}
