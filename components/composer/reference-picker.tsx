import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { PictureGrid } from '@/components/composer/picture-grid'
import { useReference } from '@/components/composer/use-reference'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { referenceQueries } from '@/lib/references/client'

/** The references that the team has already. */
export function ReferencePicker() {
  const t = useTranslations('create.reference')
  const { store, team } = useComposer()
  const { take } = useReference()
  const { data } = useQuery(referenceQueries.list(team))
  const close = () => store.setPicker(null)
  const choices = data?.items.map((reference) => ({
    key: reference.id,
    label: reference.path,
    src: reference.urls?.thumb,
    fallback: <span className="p-2 text-12 break-all text-text-2">{reference.path}</span>,
    onChoose: () => {
      take(reference)
      close()
    },
  }))
  return (
    <Dialog title={t('recentTitle')} isOpen onClose={close} width="l">
      {!choices && <Skeleton className="h-40" />}
      {choices && choices.length === 0 && (
        <p className="py-8 text-center text-14 text-text-2">{t('recentEmpty')}</p>
      )}
      {choices && <PictureGrid choices={choices} />}
    </Dialog>
  )
}
