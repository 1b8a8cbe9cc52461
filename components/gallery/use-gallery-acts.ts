import { useTranslations } from 'use-intl/react'
import type { Selection } from '@/components/gallery/use-selection'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/api-client'
import { useFavourites, useRestore, useTrash, type Marking } from '@/lib/images/client'

/**
 * Marking and throwing away, with the words for what came of it and the way back. What came of it is told also when
 * another page is shown by then, or the next picture is on its way: `mutate`'s own callbacks would be left out.
 */
export function useGalleryActs(team: string, selection: Selection) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  const favourites = useFavourites(team)
  const trashing = useTrash(team)
  const restoring = useRestore(team)
  const onError = (error: unknown) =>
    showToast({ title: t('failed'), text: c(errorKey(error)), isUrgent: true })
  const restore = (ids: string[]) =>
    void restoring
      .mutateAsync(ids)
      .then((changed) => showToast({ title: t('restored', { count: changed.ids.length }) }), onError)
  const trash = (asked: string[]) =>
    void trashing.mutateAsync(asked).then(({ ids }) => {
      const count = ids.length
      selection.end()
      showToast({
        title: t(count < asked.length ? 'trashedSome' : 'trashed', { count }),
        action: { label: c('undo'), onAct: () => restore(ids) },
      })
    }, onError)
  return { mark: (marking: Marking) => void favourites.mutateAsync(marking).catch(onError), trash }
}
