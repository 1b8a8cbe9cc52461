import { Download, Heart, MoreHorizontal, Shuffle } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import type { TileActs } from '@/components/gallery/tile-acts'
import { usePriced, useRun } from '@/components/generations/use-run'
import { downloadPath } from '@/components/images/address'
import { ReuseMenu } from '@/components/images/image-menus'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import type { Image } from '@/lib/images/schema'

const ACTION = 'pointer-events-auto grid size-8 place-items-center rounded-[8px] hover:bg-image-hover'

/** The tile cuts off what hangs over its edge, so the browser's own tooltip says the name. */
const named = (label: string) => ({ 'aria-label': label, title: label })

type ActionsProps = {
  team: string
  image: Image
  acts: TileActs
  /** The menu reaches beyond the tile: what opened it stays meanwhile. */
  onMenu: (isOpen: boolean) => void
}

/** What a mouse over a tile offers. The keyboard has the same by single keys and in the large view, a finger there. */
export function TileActions({ team, image, acts, onMenu }: ActionsProps) {
  const t = useTranslations('gallery')
  const a = useTranslations('actions')
  const run = useRun(team)
  const vary = usePriced(team).priced(a('vary'), image.sample)
  const { id, prompt, favourite, imageId } = image
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
            href={downloadPath(image)}
            download
            tabIndex={-1}
            className={ACTION}
            {...named(t('selection.download'))}
          >
            <Download aria-hidden className="size-[18px]" />
          </a>
        )}
        {canVary && (
          <IconButton
            onImage
            tip="none"
            label={vary}
            title={vary}
            tabIndex={-1}
            className={ACTION}
            onClick={() => void run({ kind: 'vary', image }, image)}
          >
            <Shuffle aria-hidden className="size-[18px]" />
          </IconButton>
        )}
        {isWhole && acts.canGenerate && (
          <ReuseMenu
            team={team}
            image={image}
            onOpenChange={onMenu}
            trigger={
              <IconButton
                onImage
                tip="none"
                label={a('more')}
                title={a('more')}
                tabIndex={-1}
                className={ACTION}
              >
                <MoreHorizontal aria-hidden className="size-[18px]" />
              </IconButton>
            }
          />
        )}
      </div>
    </div>
  )
}
