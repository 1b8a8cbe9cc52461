'use client'
import { useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { isSetHead } from '@/components/campaign-sets/set-head'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { Announcer } from '@/components/generations/announcer'
import { FeedSkeleton } from '@/components/generations/feed-skeleton'
import { FeedToolbar, showView, viewOf } from '@/components/generations/feed-toolbar'
import { GenerationCard } from '@/components/generations/generation-card'
import { NotGenerated, partsOf, useIsNews } from '@/components/generations/not-generated'
import { OutgoingCard } from '@/components/generations/outgoing-card'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { onDemand } from '@/components/ui/on-demand'
import { useStableList } from '@/components/ui/use-stable-list'
import { generationQueries } from '@/lib/generations/client'
import type { FeedSize } from '@/lib/generations/feed-size'
import type { Generation, GenerationPage } from '@/lib/generations/schema'

const ReuseFromAddress = onDemand(() =>
  import('@/components/generations/reuse-from-address').then((module) => module.ReuseFromAddress),
)
const SetCard = onDemand(() => import('@/components/campaign-sets/set-card').then((module) => module.SetCard))
const Starters = onDemand(() => import('@/components/generations/starters').then((module) => module.Starters))

/** The team's generations, newest first; whose is in the address. */
export function Feed({ size: first }: { size: FeedSize }) {
  const t = useTranslations('generations')
  const c = useTranslations('create')
  const [size, setSize] = useState(first)
  const view = viewOf(useSearchParams())
  const reviews = useReviews()
  return (
    <main
      data-feed-size={size}
      className="flex max-w-[1520px] min-w-0 flex-col gap-10 px-8 pt-5 pb-16 max-[1180px]:px-5 phone:gap-9 phone:px-4 phone:pb-28"
    >
      <h1 className="sr-only">{c('title')}</h1>
      {view === 'review' ? (
        <>
          <FeedToolbar view={view} reviews={reviews.items.length} size={size} onSize={setSize} />
          <h2 className="sr-only">{t('feed')}</h2>
          {reviews.items.length === 0 && !reviews.isPending && <NothingToReview />}
          <Cards items={reviews.items} />
        </>
      ) : (
        <Generations isMine={view === 'mine'} size={size} onSize={setSize} reviews={reviews.items.length} />
      )}
      <ReuseFromAddress />
    </main>
  )
}

/** Ends that nobody knows and that this person may settle. */
function useReviews() {
  const { team } = useComposer()
  const viewer = useViewer()
  const { data, isPending } = useQuery(generationQueries.unknown(team))
  const items = data?.items.filter(({ maker }) => canChange(viewer, maker.id)) ?? []
  return { items, isPending }
}

type ListProps = { isMine: boolean; size: FeedSize; onSize: (size: FeedSize) => void; reviews: number }

function Generations({ isMine, size, onSize, reviews }: ListProps) {
  const t = useTranslations('generations')
  const { team, person } = useComposer()
  const feed = useInfiniteQuery(generationQueries.list(team, { isMine }))
  const isOwn = ({ maker }: Generation) => maker.id === person.id
  const items = useStableList(itemsOf(feed.data), { list: String(isMine), isOwn })
  // the news of a generation may come before the answer to its request
  const known = new Set(items.map(({ idempotencyKey }) => idempotencyKey))
  const outgoing = useComposed((state) => state.outgoing).filter((one) => !known.has(one.idempotencyKey))
  const isEmpty = feed.isSuccess && items.length === 0 && outgoing.length === 0
  return (
    <>
      {(!isEmpty || isMine || reviews > 0) && (
        <FeedToolbar view={isMine ? 'mine' : 'all'} reviews={reviews} size={size} onSize={onSize} />
      )}
      <h2 className="sr-only">{t('feed')}</h2>
      {outgoing.map((one) => (
        <OutgoingCard key={one.idempotencyKey} {...one} />
      ))}
      {feed.isPending && <FeedSkeleton />}
      {feed.isError && items.length === 0 && <LoadFailed onRetry={() => void feed.refetch()} />}
      {isEmpty && (isMine ? <NothingOfMine /> : <Starters />)}
      <Cards items={items} />
      <MoreOfIt key={String(isMine)} query={feed} />
      {feed.isSuccess && <Announcer items={items} />}
    </>
  )
}

/** How many cards load their images at once. */
const EAGER = 2

function Cards({ items }: { items: readonly Generation[] }) {
  const siblings = new Map<string, number>()
  for (const { groupId } of items) siblings.set(groupId, (siblings.get(groupId) ?? 0) + 1)
  const eager = new Set(items.slice(0, EAGER))
  const card = (generation: Generation) =>
    isSetHead(generation) ? (
      <SetCard key={generation.id} generation={generation} />
    ) : (
      <GenerationCard
        key={generation.id}
        generation={generation}
        siblings={siblings.get(generation.groupId) ?? 1}
        isFirst={eager.has(generation)}
      />
    )
  const isNews = useIsNews(items)
  // by what is in it: older ones join with the next page, and dismissed ones go
  const [unfolded, setUnfolded] = useState<readonly string[]>([])
  return partsOf(items, isNews).map((part) =>
    part.kind === 'one' ? (
      card(part.generation)
    ) : (
      <NotGenerated
        key={`folded ${part.generations[0]?.id}`}
        count={part.generations.length}
        isUnfolded={part.generations.some(({ id }) => unfolded.includes(id))}
        onUnfold={(isUnfolded) => {
          const ids = part.generations.map(({ id }) => id)
          setUnfolded((known) => [...known.filter((id) => !ids.includes(id)), ...(isUnfolded ? ids : [])])
        }}
      >
        {part.generations.map(card)}
      </NotGenerated>
    ),
  )
}

function itemsOf(data: InfiniteData<GenerationPage> | undefined): Generation[] {
  const seen = new Set<string>()
  // a generation that moved between two pages while they were read is shown once
  return (data?.pages ?? []).flatMap(({ items }) =>
    items.filter(({ id }) => !seen.has(id) && Boolean(seen.add(id))),
  )
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
    <EmptyState title={t('title')} actions={<Button onClick={() => showView('all')}>{t('all')}</Button>}>
      {t('text')}
    </EmptyState>
  )
}

function NothingToReview() {
  const t = useTranslations('generations.emptyReview')
  return (
    <EmptyState title={t('title')} actions={<Button onClick={() => showView('all')}>{t('all')}</Button>}>
      {t('text')}
    </EmptyState>
  )
}
