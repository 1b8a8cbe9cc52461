'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { GalleryState } from '@/components/gallery/gallery-state'
import { ImageGridSkeleton } from '@/components/gallery/image-grid-skeleton'
import { meanColourOf } from '@/components/images/placeholder'
import { useChanges } from '@/components/images/use-changes'
import { daysLeft, TrashedReferences } from '@/components/references/trashed-references'
import { Button, buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { imageQueries } from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'
import { referenceQueries } from '@/lib/references/client'

/** As many as one request restores. */
const AT_ONCE = 500

/** An image as it lies in the trash: thrown away again, it is another. */
const placeOf = ({ id, deletedAt }: Image) => `${id} ${deletedAt}`

/** What was thrown away within 30 days, and the way back for each. `now` is the server's, so that both count alike. */
export function Trash({ team, now }: { team: string; now: number }) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  const query = useInfiniteQuery(imageQueries.trash(team))
  const changes = useChanges(team)
  const [restored, setRestored] = useState<ReadonlySet<string>>(new Set())
  const all = query.data?.pages.flatMap((page) => page.items) ?? []
  const images = all.filter((image) => !restored.has(placeOf(image)))
  const restore = (asked: readonly Image[]) =>
    changes.restore(
      asked.map(({ id }) => id),
      (ids) => {
        const back = asked.filter(({ id }) => ids.includes(id)).map(placeOf)
        setRestored((before) => new Set([...before, ...back]))
      },
    )
  const restoreAll = () => {
    for (let from = 0; from < images.length; from += AT_ONCE) restore(images.slice(from, from + AT_ONCE))
  }
  const references = useQuery(referenceQueries.trash(team)).data?.items ?? []
  if (query.isPending) return <ImageGridSkeleton label={c('loading')} />
  if (query.error && all.length === 0)
    return <GalleryState team={team} query={query} isFiltered={false} onShowAll={() => undefined} />
  if (images.length === 0 && references.length > 0)
    return <TrashedReferences team={team} now={now} items={references} />
  if (images.length === 0) {
    return (
      <EmptyState
        image={<Trash2 aria-hidden className="size-10 text-text-3" strokeWidth={1.5} />}
        title={t('trashPage.empty')}
        actions={
          <Link href={`/t/${team}/gallery`} className={buttonClass()}>
            {t('trashPage.back')}
          </Link>
        }
      >
        {t('trashPage.emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <div className="mt-5 mb-4 flex items-center gap-3">
        <Button isBusy={changes.isRestoring} onClick={restoreAll}>
          <RotateCcw aria-hidden className="size-4" />
          {t('trashPage.restoreAll')}
        </Button>
        <span className="text-13 text-text-3">
          {t(query.hasNextPage ? 'trashPage.shown' : 'dayCount', { count: images.length })}
        </span>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-x-3 gap-y-5 phone:grid-cols-2">
        {images.map((image) => (
          <TrashedImage
            key={image.id}
            team={team}
            image={image}
            now={now}
            onRestore={() => restore([image])}
          />
        ))}
      </ul>
      <MoreOfIt query={query} />
      <TrashedReferences team={team} now={now} items={references} />
    </>
  )
}

type TrashedProps = { team: string; image: Image; now: number; onRestore: () => void }

function TrashedImage({ team, image, now, onRestore }: TrashedProps) {
  const t = useTranslations('gallery')
  const { id, prompt, placeholder, urls, deletedAt } = image
  const days = daysLeft(deletedAt, now)
  return (
    <li className="grid content-start gap-2">
      <Link href={`/t/${team}/images/${id}`} className="block overflow-hidden rounded-s bg-skeleton">
        {/* eslint-disable-next-line @next/next/no-img-element -- a thumbnail with an address of its own */}
        <img
          src={urls.thumb}
          alt={prompt}
          loading="lazy"
          style={placeholder ? { backgroundColor: meanColourOf(placeholder) } : undefined}
          className="aspect-square w-full object-cover"
        />
      </Link>
      <div className="flex items-center justify-between gap-2">
        <span className="truncate text-13 text-text-3">{t('trashPage.left', { days })}</span>
        <Button size="s" aria-label={t('trashPage.restoreOne', { prompt })} onClick={onRestore}>
          {t('trashPage.restore')}
        </Button>
      </div>
    </li>
  )
}
