'use client'
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { Announcer } from '@/components/generations/announcer'
import { FeedSkeleton } from '@/components/generations/feed-skeleton'
import { GenerationCard } from '@/components/generations/generation-card'
import { OutgoingCard } from '@/components/generations/outgoing-card'
import { ReuseFromAddress } from '@/components/generations/reuse-from-address'
import { Starters } from '@/components/generations/starters'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { Segmented } from '@/components/ui/segmented'
import { generationQueries } from '@/lib/generations/client'
import type { Generation, GenerationPage } from '@/lib/generations/schema'

/** The team's generations, newest first; whose is in the address. */
export function Feed() {
  const t = useTranslations('generations')
  const c = useTranslations('create')
  const { team } = useComposer()
  const isMine = useSearchParams().get('mine') === 'true'
  const feed = useInfiniteQuery(generationQueries.list(team, { isMine }))
  const items = itemsOf(feed.data)
  // the news of a generation may come before the answer to its request
  const known = new Set(items.map(({ idempotencyKey }) => idempotencyKey))
  const outgoing = useComposed((state) => state.outgoing).filter((one) => !known.has(one.idempotencyKey))
  const isEmpty = feed.isSuccess && items.length === 0 && outgoing.length === 0
  return (
    <main className="flex max-w-[1520px] min-w-0 flex-col gap-10 px-8 pt-5 pb-16 max-[1180px]:px-5 phone:gap-9 phone:px-4 phone:pb-28">
      <h1 className="sr-only">{c('title')}</h1>
      {(!isEmpty || isMine) && <Filter isMine={isMine} />}
      <h2 className="sr-only">{t('feed')}</h2>
      {outgoing.map((one) => (
        <OutgoingCard key={one.idempotencyKey} {...one} />
      ))}
      {feed.isPending && <FeedSkeleton />}
      {feed.isError && items.length === 0 && <LoadFailed onRetry={() => void feed.refetch()} />}
      {isEmpty && (isMine ? <NothingOfMine /> : <Starters />)}
      {items.map((generation, index) => (
        <GenerationCard
          key={generation.id}
          generation={generation}
          siblings={items.filter(({ groupId }) => groupId === generation.groupId).length}
          isFirst={index < 2}
        />
      ))}
      <MoreOfIt query={feed} />
      {feed.isSuccess && <Announcer items={items} />}
      <ReuseFromAddress />
    </main>
  )
}

function itemsOf(data: InfiniteData<GenerationPage> | undefined): Generation[] {
  const seen = new Set<string>()
  // a generation that moved between two pages while they were read is shown once
  return (data?.pages ?? []).flatMap(({ items }) =>
    items.filter(({ id }) => !seen.has(id) && Boolean(seen.add(id))),
  )
}

function Filter({ isMine }: { isMine: boolean }) {
  const t = useTranslations('generations.filter')
  return (
    <Segmented
      label={t('label')}
      value={isMine ? 'mine' : 'all'}
      options={[
        { value: 'all', label: t('all') },
        { value: 'mine', label: t('mine') },
      ]}
      onChange={(value) => showWhose(value === 'mine')}
      className="-mb-4 w-44 self-start"
    />
  )
}

/** Next's own router reads the address without asking the server: both lists are the browser's business. */
function showWhose(isMine: boolean): void {
  const url = new URL(location.href)
  if (isMine) url.searchParams.set('mine', 'true')
  else url.searchParams.delete('mine')
  window.history.replaceState(null, '', url)
}

function LoadFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('generations.loadFailed')
  return (
    <div role="alert">
      <EmptyState title={t('title')} actions={<Button onClick={onRetry}>{t('retry')}</Button>}>
        {t('text')}
      </EmptyState>
    </div>
  )
}

function NothingOfMine() {
  const t = useTranslations('generations.emptyMine')
  return (
    <EmptyState title={t('title')} actions={<Button onClick={() => showWhose(false)}>{t('all')}</Button>}>
      {t('text')}
    </EmptyState>
  )
}
