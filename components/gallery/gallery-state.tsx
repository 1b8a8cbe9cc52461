import { ImagePlus, SearchX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { ImageGridSkeleton } from '@/components/gallery/image-grid-skeleton'
import { Button, buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { errorKey } from '@/lib/platform/api-client'

type Query = { isPending: boolean; error: unknown; isFetching: boolean; refetch: () => unknown }

type GalleryStateProps = { team: string; query: Query; isFiltered: boolean; onShowAll: () => void }

/** The gallery without an image: on their way, failed, nothing that matches, nothing yet. */
export function GalleryState({ team, query, isFiltered, onShowAll }: GalleryStateProps) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  if (query.isPending) return <ImageGridSkeleton label={c('loading')} />
  if (query.error) {
    return (
      <EmptyState
        image={<TriangleAlert aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
        title={t('error.title')}
        actions={
          <Button isBusy={query.isFetching} onClick={() => query.refetch()}>
            {c('retry')}
          </Button>
        }
      >
        {c(errorKey(query.error))}
      </EmptyState>
    )
  }
  if (isFiltered) {
    return (
      <EmptyState
        image={<SearchX aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
        title={t('none.title')}
        actions={<Button onClick={onShowAll}>{t('none.action')}</Button>}
      >
        {t('none.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      image={<ImagePlus aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
      title={t('empty.title')}
      actions={
        <Link href={`/t/${team}/create`} className={buttonClass({ tone: 'gold' })}>
          {t('empty.action')}
        </Link>
      }
    >
      {t('empty.text')}
    </EmptyState>
  )
}
