'use client'

import { ImagePlus, SearchX, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button, buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { Spinner } from '@/components/ui/spinner'
import { errorKey } from '@/lib/api-client'

/** More is asked for this far before the end is reached. */
const AHEAD = '1600px'

type Query = { isPending: boolean; error: unknown; isFetching: boolean; refetch: () => unknown }

type GalleryStateProps = { team: string; query: Query; isFiltered: boolean; onShowAll: () => void }

/** The gallery without a picture: loading, failed, nothing that matches, nothing yet. */
export function GalleryState({ team, query, isFiltered, onShowAll }: GalleryStateProps) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  if (query.isPending) return <WallSkeleton />
  if (query.error) {
    return (
      <EmptyState
        picture={<TriangleAlert aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
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
        picture={<SearchX aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
        title={t('none.title')}
        actions={<Button onClick={onShowAll}>{t('none.action')}</Button>}
      >
        {t('none.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      picture={<ImagePlus aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
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

const SHAPES = [1, 0.75, 1.33, 1.78, 1, 0.75, 1, 1.33, 0.56, 1.78, 1, 0.75]

/** The wall's shape while the pictures are on their way. */
export function WallSkeleton() {
  const c = useTranslations('common')
  return (
    <div role="status" aria-label={c('loading')} className="mx-5 pt-2 phone:mx-1">
      <Skeleton className="mb-3 h-5 w-52 phone:mx-3" />
      <div className="flex flex-wrap gap-1">
        {SHAPES.map((aspect, place) => (
          <Skeleton
            key={place}
            className="h-[204px] grow phone:h-[118px]"
            style={{ flexBasis: `${aspect * 150}px` }}
          />
        ))}
      </div>
    </div>
  )
}

type MoreQuery = {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/** The end of what is loaded: asks for more in time, says when it fails. */
export function MoreOfIt({ query }: { query: MoreQuery }) {
  const c = useTranslations('common')
  const ref = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const canLoad = hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  useEffect(() => {
    const element = ref.current
    if (!element || !canLoad) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), {
      rootMargin: AHEAD,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [canLoad, fetchNextPage])
  return (
    <div ref={ref} className="grid h-16 place-items-center">
      {isFetchingNextPage && <Spinner className="text-text-3" />}
      {isFetchNextPageError && <Button onClick={() => fetchNextPage()}>{c('retry')}</Button>}
    </div>
  )
}
