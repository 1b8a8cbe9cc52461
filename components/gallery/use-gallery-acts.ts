import { useTranslations } from 'use-intl/react'
import type { Selection } from '@/components/gallery/use-selection'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/api-client'
import { useFavourites, useRestore, useTrash, type Marking } from '@/lib/images/client'

/** Marking and throwing away, with the words for what came of it and the way back. */
export function useGalleryActs(team: string, selection: Selection) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  const favourites = useFavourites(team)
  const trashing = useTrash(team)
  const restoring = useRestore(team)
  const onError = (error: unknown) =>
    showToast({ title: t('failed'), text: c(errorKey(error)), isUrgent: true })
  const restore = (ids: string[]) =>
    restoring.mutate(ids, {
      onSuccess: (changed) => showToast({ title: t('restored', { count: changed.ids.length }) }),
      onError,
    })
  const trash = (asked: string[]) =>
    trashing.mutate(asked, {
      onError,
      onSuccess: ({ ids }) => {
        const count = ids.length
        selection.end()
        showToast({
          title: t(count < asked.length ? 'trashedSome' : 'trashed', { count }),
          action: { label: c('undo'), onAct: () => restore(ids) },
        })
      },
    })
  return { mark: (marking: Marking) => favourites.mutate(marking, { onError }), trash }
}
