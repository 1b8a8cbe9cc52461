import { useTranslations } from 'use-intl/react'
import { useFavourites } from '@/components/images/use-favourites'
import { showToast } from '@/components/ui/toast'
import { useRestore, useTrash, type Marking } from '@/lib/images/client'
import { errorKey } from '@/lib/platform/api-client'

/** What was thrown away and is still said to be, with the way to stop saying so. */
const said = new Set<{ ids: Set<string>; dismiss: () => void }>()

/** What is back, by whichever way, is not offered to be taken back any more. */
function takeBackWords(restored: readonly string[]): void {
  for (const words of said) {
    for (const id of restored) words.ids.delete(id)
    if (words.ids.size > 0) continue
    words.dismiss()
    said.delete(words)
  }
}

/**
 * Marking, throwing away and taking back, with the words for what came of it and the way back. What came of it is told
 * also when another page is shown by then, or the next image is on its way: `mutate`'s own callbacks would be left
 * out. `onDone` gets the images that truly changed.
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
      takeBackWords(ids)
      showToast({ title: t('restored', { count: ids.length }) })
    }, refuse)
  const trash = (asked: string[], onDone?: (ids: string[]) => void) =>
    void trashing.mutateAsync(asked).then(({ ids }) => {
      const count = ids.length
      onDone?.(ids)
      const dismiss = showToast({
        title: t(count < asked.length ? 'trashedSome' : 'trashed', { count }),
        action: count > 0 ? { label: c('undo'), onAct: () => restore(ids) } : undefined,
      })
      if (count > 0) said.add({ ids: new Set(ids), dismiss })
    }, refuse)
  return { mark, trash, restore, isRestoring: restoring.isPending }
}
