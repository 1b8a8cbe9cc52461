import { useTranslations } from 'use-intl/react'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/api-client'
import { useFavourites, useRestore, useTrash, type Marking } from '@/lib/images/client'

/**
 * Marking, throwing away and taking back, with the words for what came of it and the way back. What came of it is told
 * also when another page is shown by then, or the next picture is on its way: `mutate`'s own callbacks would be left
 * out. `onDone` gets the pictures that truly changed.
 */
export function useChanges(team: string) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  const favourites = useFavourites(team)
  const trashing = useTrash(team)
  const restoring = useRestore(team)
  const refuse = (error: unknown) =>
    showToast({ title: t('failed'), text: c(errorKey(error)), isUrgent: true })
  const mark = (marking: Marking) => void favourites.mutateAsync(marking).catch(refuse)
  const restore = (asked: string[], onDone?: (ids: string[]) => void) =>
    void restoring.mutateAsync(asked).then(({ ids }) => {
      onDone?.(ids)
      showToast({ title: t('restored', { count: ids.length }) })
    }, refuse)
  const trash = (asked: string[], onDone?: (ids: string[]) => void) =>
    void trashing.mutateAsync(asked).then(({ ids }) => {
      const count = ids.length
      onDone?.(ids)
      showToast({
        title: t(count < asked.length ? 'trashedSome' : 'trashed', { count }),
        action: count > 0 ? { label: c('undo'), onAct: () => restore(ids) } : undefined,
      })
    }, refuse)
  return { mark, trash, restore, isRestoring: restoring.isPending }
}
