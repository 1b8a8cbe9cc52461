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
  /** How many requests of this list have failed, those for what is loaded already too. */
  errorUpdateCount: number
  fetchNextPage: (options: { cancelRefetch: boolean }) => unknown
}

/**
 * The end of what is loaded while there is more: asks for more as long as it is near, says when that fails. Whether it is
 * near is kept and looked at after every change: an observer tells of changes only, and the end may stay where it is
 * while an answer comes, is cancelled, or a request was not taken because another was under way. After a failure only a
 * press asks again: what is written into the list meanwhile makes the query forget that it failed. Another list needs
 * another `key`.
 */
export function MoreOfIt({ query, className }: { query: MoreQuery; className?: string }) {
  const t = useTranslations('common')
  const end = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  const [failure, setFailure] = useState(0)
  const [pressedAfter, setPressedAfter] = useState(0)
  const {
    hasNextPage,
    fetchStatus,
    isFetchingNextPage,
    isFetchNextPageError,
    errorUpdateCount,
    fetchNextPage,
  } = query
  if (isFetchNextPageError && failure !== errorUpdateCount) setFailure(errorUpdateCount)
  const askForMore = () => void fetchNextPage({ cancelRefetch: false }) // one that is under way is enough
  const hasStopped = failure > pressedAfter
  const hasFailed = hasStopped || fetchStatus === 'paused' // without a network the query waits for one
  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: AHEAD,
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [hasNextPage])
  useEffect(() => {
    if (isNear && hasNextPage && fetchStatus === 'idle' && !hasStopped) askForMore()
  })
  if (!hasNextPage) return null
  return (
    <div ref={end} className={cn('grid min-h-16 place-items-center gap-3', className)}>
      {hasFailed && (
        <p role="alert" className="text-14 text-text-2">
          {t('moreFailed')}
        </p>
      )}
      <Button
        isBusy={isFetchingNextPage}
        onClick={() => {
          setPressedAfter(errorUpdateCount)
          askForMore()
        }}
      >
        {t(hasFailed ? 'retry' : 'loadMore')}
      </Button>
    </div>
  )
}
