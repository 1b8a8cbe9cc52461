import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

/** More is asked for this far before the end is reached. */
const AHEAD = '1600px'

export type MoreQuery = {
  hasNextPage: boolean
  fetchStatus: 'fetching' | 'paused' | 'idle'
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/**
 * The end of what is loaded while there is more: asks for more as long as it is near, says when that fails. Whether it is
 * near is kept and looked at after every change: an observer tells of changes only, and the end may stay where it is
 * while an answer comes, is cancelled, or a request was not taken because another was under way.
 */
export function MoreOfIt({ query, className }: { query: MoreQuery; className?: string }) {
  const t = useTranslations('common')
  const end = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  const { hasNextPage, fetchStatus, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const hasFailed = isFetchNextPageError || fetchStatus === 'paused' // without a network the query waits for one
  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: AHEAD,
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [hasNextPage])
  useEffect(() => {
    if (isNear && hasNextPage && fetchStatus === 'idle' && !isFetchNextPageError) void fetchNextPage()
  })
  if (!hasNextPage) return null
  return (
    <div ref={end} className={cn('grid min-h-16 place-items-center gap-3', className)}>
      {hasFailed && (
        <p role="alert" className="text-14 text-text-2">
          {t('moreFailed')}
        </p>
      )}
      <Button isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t(hasFailed ? 'retry' : 'loadMore')}
      </Button>
    </div>
  )
}
