'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useStyleWords } from '@/components/styles/style-words'
import { Dialog } from '@/components/ui/dialog'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { generationQueries } from '@/lib/generations/client'
import { errorKey } from '@/lib/platform/api-client'
import { useStyleThumbnail } from '@/lib/styles/changes'
import type { Style } from '@/lib/styles/schema'
import { isolate } from '@/lib/text/isolate'

/** Lets an admin choose a style's thumbnail among the team's latest images. */
export function ThumbnailDialog({
  team,
  style,
  onClose,
}: {
  team: string
  style: Style
  onClose: () => void
}) {
  const t = useTranslations('styles')
  const c = useTranslations('common')
  const words = useStyleWords()
  const thumbnail = useStyleThumbnail(team)
  const generations = useInfiniteQuery(generationQueries.list(team, { isMine: false }))
  const images = (generations.data?.pages ?? [])
    .flatMap((page) => page.items)
    .flatMap((generation) => generation.images.map((image) => ({ ...image, prompt: generation.prompt })))
    .filter((image) => image.state === 'completed' && !image.blurReason && !image.deletedAt)
    .toSorted((one, other) => Number(other.styleId === style.styleId) - Number(one.styleId === style.styleId))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="l"
      title={t('thumbnail.title', { name: isolate(words.name(style)) })}
      lead={t('thumbnail.lead')}
    >
      {generations.isPending && <Skeleton className="mb-6 h-64" />}
      {generations.data && images.length === 0 && <p className="pb-8 text-text-2">{t('thumbnail.none')}</p>}
      {(thumbnail.error ?? generations.error) && (
        <Notice kind="unknown" title={t('failed')} className="mb-4">
          {c(errorKey(thumbnail.error ?? generations.error))}
        </Notice>
      )}
      <ul className="grid grid-cols-5 gap-2 pb-4 phone:grid-cols-3">
        {images.map((image) => (
          <li key={image.id}>
            <button
              type="button"
              disabled={thumbnail.isPending}
              aria-label={t('thumbnail.pick', { prompt: image.prompt })}
              title={isolate(image.prompt)}
              onClick={() => thumbnail.mutate({ id: style.id, imageId: image.id }, { onSuccess: onClose })}
              className="block aspect-square w-full overflow-hidden rounded-s bg-skeleton hover:opacity-85"
            >
              {/* eslint-disable-next-line @next/next/no-img-element */}
              <img src={image.urls.thumb} alt="" loading="lazy" className="size-full object-cover" />
            </button>
          </li>
        ))}
      </ul>
      <MoreOfIt query={generations} className="pb-4" />
    </Dialog>
  )
}
