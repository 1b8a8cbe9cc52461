import { useTranslations } from 'use-intl/react'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/platform/api-client'
import { useRemoveReference, useRestoreReference } from '@/lib/references/client'
import type { Reference } from '@/lib/references/schema'

/** Deleting a reference and taking it back, with the words for both. */
export function useReferenceTrash(team: string) {
  const t = useTranslations('references')
  const c = useTranslations('common')
  const removing = useRemoveReference(team)
  const restoring = useRestoreReference(team)
  const refuse = (error: unknown) =>
    showToast({ title: t('actFailed'), text: c(errorKey(error)), isUrgent: true })
  const about = ({ id }: Reference) => `reference ${id}`
  const restore = (reference: Reference) =>
    void restoring
      .mutateAsync(reference.id)
      .then(() => showToast({ title: t('restored'), about: about(reference) }), refuse)
  const remove = (reference: Reference) =>
    void removing.mutateAsync(reference.id).then(
      () =>
        showToast({
          title: t('deleted'),
          about: about(reference),
          action: { label: c('undo'), onAct: () => restore(reference) },
        }),
      refuse,
    )
  return { remove, restore }
}
