import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Spinner } from '@/components/ui/spinner'

/** More is asked for this far before the end is reached. */
const AHEAD = '1600px'

type MoreQuery = {
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/** The end of what is loaded while there is more: asks for more in time, says when it fails. */
export function MoreOfIt({ query }: { query: MoreQuery }) {
  const c = useTranslations('common')
  const ref = useRef<HTMLDivElement>(null)
  const { isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const canLoad = !isFetchingNextPage && !isFetchNextPageError
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
