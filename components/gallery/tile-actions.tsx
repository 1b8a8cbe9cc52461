import { Download, Heart, Shuffle } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl/react'
import type { TileActs } from '@/components/gallery/tile'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import type { Image } from '@/lib/images/schema'

const ACTION = 'pointer-events-auto grid size-8 place-items-center rounded-[8px] hover:bg-image-hover'

/** What a mouse over a tile offers. The keyboard has the same by single keys and in the large view, a finger there. */
export function TileActions({ team, image, acts }: { team: string; image: Image; acts: TileActs }) {
  const t = useTranslations('gallery')
  const { id, prompt, favourite, urls, imageId } = image
  const isWhole = !image.blurReason
  const canVary = isWhole && acts.canGenerate && imageId !== null
  const mark = t(favourite ? 'selection.unfavourite' : 'selection.favourite')
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 bg-linear-to-t from-image-shade to-transparent px-1.5 pt-8 pb-1 text-on-image">
      {isWhole && (
        <p className="truncate px-1 text-12 font-medium">
          <bdi>{prompt}</bdi>
        </p>
      )}
      <div className="flex items-center justify-end">
        {acts.onMark && (
          <IconButton
            onImage
            tip="none"
            label={mark}
            title={mark}
            tabIndex={-1}
            className={ACTION}
            onClick={() => acts.onMark?.({ ids: [id], favourite: !favourite })}
          >
            <Heart aria-hidden className={cn('size-[18px]', favourite && 'fill-current')} />
          </IconButton>
        )}
        {isWhole && (
          <a
            href={`${urls.original}?download=original`}
            download
            tabIndex={-1}
            aria-label={t('selection.download')}
            title={t('selection.download')}
            className={ACTION}
          >
            <Download aria-hidden className="size-[18px]" />
          </a>
        )}
        {canVary && (
          <Link
            href={`/t/${team}/create?reuse=vary&from=${id}`}
            prefetch={false}
            tabIndex={-1}
            aria-label={t('vary')}
            title={t('vary')}
            className={ACTION}
          >
            <Shuffle aria-hidden className="size-[18px]" />
          </Link>
        )}
      </div>
    </div>
  )
}
