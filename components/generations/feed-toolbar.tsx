'use client'
import { useTranslations } from 'use-intl/react'
import { Segmented } from '@/components/ui/segmented'
import { rememberChoice } from '@/lib/account/client'
import { FEED_SIZE_COOKIE, FEED_SIZES, type FeedSize } from '@/lib/generations/feed-size'

export const FEED_VIEWS = ['all', 'mine', 'review'] as const
/** Everybody's, one's own, or those whose end somebody has to look at. */
export type FeedView = (typeof FEED_VIEWS)[number]

export const viewOf = (search: URLSearchParams): FeedView =>
  search.get('review') === 'true' ? 'review' : search.get('mine') === 'true' ? 'mine' : 'all'

/** Next's own router reads the address without asking the server: the lists are the browser's business. */
export function showView(view: FeedView): void {
  const url = new URL(location.href)
  for (const name of ['mine', 'review']) url.searchParams.delete(name)
  if (view !== 'all') url.searchParams.set(view, 'true')
  window.history.replaceState(null, '', url)
}

type ToolbarProps = {
  view: FeedView
  /** How many wait for somebody to look at them. */
  reviews: number
  size: FeedSize
  onSize: (size: FeedSize) => void
}

/** What the feed shows, and how large. */
export function FeedToolbar({ view, reviews, size, onSize }: ToolbarProps) {
  const t = useTranslations('generations')
  const hasReviews = reviews > 0 || view === 'review'
  return (
    <div className="-mb-4 flex flex-wrap items-center justify-between gap-3">
      <Segmented
        label={t('filter.label')}
        value={view}
        options={[
          { value: 'all', label: t('filter.all') },
          { value: 'mine', label: t('filter.mine') },
          ...(hasReviews
            ? [{ value: 'review' as const, label: t('filter.review', { count: reviews }) }]
            : []),
        ]}
        onChange={showView}
        className="min-w-44"
      />
      <Segmented
        label={t('size.label')}
        value={size}
        options={FEED_SIZES.map((one) => ({
          value: one,
          label: t(`size.${one}.label`),
          name: t(`size.${one}.name`),
        }))}
        onChange={(next) => {
          rememberChoice(FEED_SIZE_COOKIE, next)
          onSize(next)
        }}
        className="w-32 phone:hidden"
      />
    </div>
  )
}
