import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { isolate } from '@/lib/text/isolate'

type StateProps = {
  query: { isPending: boolean; isError: boolean; refetch: () => unknown }
  /** How many are shown; undefined before they are here. */
  count: number | undefined
  typed: string
  /** Said where there is none at all. */
  empty: string
  hint?: string
}

/** Why a list is empty: on its way, not to be had, nothing there, nothing found. */
export function ListState({ query, count, typed, empty, hint }: StateProps) {
  const t = useTranslations('templates')
  const c = useTranslations('common')
  if (query.isPending) return <Loading />
  if (query.isError && count === undefined)
    return (
      <div role="alert" className="grid justify-items-start gap-3 py-6 text-14">
        {t('failed')}
        <Button onClick={() => query.refetch()}>{c('retry')}</Button>
      </div>
    )
  return (
    <div role="status" className="text-center text-14 text-text-2 empty:hidden">
      {count === 0 && (
        <p className="py-12">
          <span className="block font-medium text-text">
            {typed ? t('nothing', { query: isolate(typed) }) : empty}
          </span>
          {!typed && hint}
        </p>
      )}
    </div>
  )
}

const Loading = () => (
  <div className="grid gap-3">
    {[0, 1, 2, 3].map((row) => (
      <div key={row} className="flex items-center gap-3">
        <Skeleton className="size-12" />
        <Skeleton className="h-4 flex-1" />
      </div>
    ))}
  </div>
)
