'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl/react'
import { SetProgressLine } from '@/components/campaign-sets/set-progress'
import { usePersonName } from '@/components/people/person-name'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { Thumb } from '@/components/ui/thumb'
import { campaignSetQueries } from '@/lib/campaign-sets/client'
import { isolate } from '@/lib/text/isolate'

/** Small images that a row shows. */
const COVERS = 4

/** The team's sets, newest first. */
export function SetList({ team }: { team: string }) {
  const t = useTranslations('sets')
  const nameOf = usePersonName()
  const s = useTranslations('shell')
  const format = useFormatter()
  const sets = useInfiniteQuery(campaignSetQueries.list(team))
  const items = sets.data?.pages.flatMap((page) => page.items) ?? []
  if (items.length === 0)
    return (
      <EmptyState
        title={t('empty')}
        actions={
          <Link href={`/t/${team}/create`} className={buttonClass({ tone: 'gold' })}>
            {s('nav.create')}
          </Link>
        }
      >
        {t('emptyHint')}
      </EmptyState>
    )
  return (
    <>
      <ul className="-mx-3 mt-4 divide-y divide-line">
        {items.map((set) => (
          <li key={set.id}>
            <Link
              href={`/t/${team}/sets/${set.id}`}
              className="flex items-center justify-between gap-6 rounded-m px-3 py-4 hover:bg-hover phone:flex-col phone:items-start phone:gap-3"
            >
              <span className="grid min-w-0 gap-1">
                <span dir="auto" className="text-15 font-medium wrap-anywhere">
                  {set.name}
                </span>
                <span className="text-13 text-text-3">
                  {t('by', {
                    name: isolate(nameOf(set.maker.name)),
                    when: format.dateTime(new Date(set.createdAt), { dateStyle: 'medium' }),
                  })}
                </span>
                <SetProgressLine paused={set.paused} progress={set.progress} />
              </span>
              <span className="flex shrink-0 gap-1.5">
                {set.progress.covers.slice(0, COVERS).map(({ id }) => (
                  <span key={id} className="size-14 overflow-hidden rounded-s bg-skeleton">
                    <Thumb src={`/i/${id}/thumb`} />
                  </span>
                ))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <MoreOfIt query={sets} className="pt-6" />
    </>
  )
}
