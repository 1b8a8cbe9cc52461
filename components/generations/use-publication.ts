'use client'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { showToast } from '@/components/ui/toast'
import { usePublishGeneration } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import { errorKey } from '@/lib/platform/api-client'

/** Shows a private generation to the team; undefined where it is not private or the person may not. */
export function usePublication({ id, maker, ...generation }: Generation): (() => void) | undefined {
  const t = useTranslations('generations.actions')
  const c = useTranslations('common')
  const { team } = useComposer()
  const viewer = useViewer()
  const { mutateAsync } = usePublishGeneration(team)
  if (!generation.private || generation.set || !canChange(viewer, maker.id)) return undefined
  return () =>
    void mutateAsync(id).then(
      () => showToast({ title: t('published') }),
      (error: unknown) => showToast({ title: c(errorKey(error)), isUrgent: true }),
    )
}
