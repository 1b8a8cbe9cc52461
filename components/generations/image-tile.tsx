'use client'
import { Download, EyeOff, Heart, ImageOff, MoreHorizontal, Shuffle } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { fileNameOf } from '@/components/generations/file-name'
import { loadMenus, menu } from '@/components/generations/load-menus'
import { Thumbnail } from '@/components/generations/thumbnail'
import { usePriced, useRun } from '@/components/generations/use-run'
import { openOver } from '@/components/images/address'
import { useFavourites, usePendingMarks } from '@/components/images/use-favourites'
import { useLongPress } from '@/components/images/use-long-press'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Link } from '@/components/ui/link'
import { MenuButton } from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { errorKey } from '@/lib/platform/api-client'
import type { ShareLinkTarget } from '@/lib/share-links/schema'

const TileMenu = menu((menus) => menus.TileMenu)

type TileProps = {
  generation: Generation
  image: Image
  index: number
  isEager?: boolean
  onShare: (target: ShareLinkTarget) => void
}

/** One image that came, or what stands in its place. */
export function ImageTile(props: TileProps) {
  const t = useTranslations('generations.tile')
  const tile = useRef<HTMLLIElement>(null)
  const longPress = useLongPress(() =>
    tile.current?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.click(),
  )
  const { team } = useComposer()
  const { index, generation, isEager } = props
  const image = usePendingMarks(team)(props.image)
  if (image.state === 'pending') return <WordTile>{t('pending', { index: index + 1 })}</WordTile>
  if (image.state === 'failed') {
    return (
      <WordTile>
        <ImageOff aria-hidden className="size-5" />
        {t('failed')}
      </WordTile>
    )
  }
  const thumbnail = (
    <Thumbnail
      src={image.urls.thumb}
      alt={image.blurReason ? t('blurred') : ''}
      width={image.width}
      height={image.height}
      placeholder={image.placeholder}
      isEager={isEager}
    />
  )
  if (image.blurReason) {
    return (
      <li className="relative aspect-(--aspect) overflow-hidden rounded-s bg-skeleton">
        {thumbnail}
        <span className="absolute inset-0 grid place-items-center content-center gap-1 bg-image-shade p-3 text-center text-13 font-medium text-on-image">
          <EyeOff aria-hidden className="size-5" />
          {t('blurred')}
          <span className="text-12 font-normal">{t('blurredHint')}</span>
        </span>
      </li>
    )
  }
  return (
    <li ref={tile} className="group relative aspect-(--aspect) rounded-s bg-skeleton">
      <Link
        href={`/t/${team}/images/${image.id}`}
        aria-label={t('open', { index: index + 1, prompt: generation.prompt })}
        onClick={openOver}
        {...longPress}
        className="block size-full overflow-hidden rounded-s"
      >
        {thumbnail}
      </Link>
      <TileActions {...props} image={image} />
    </li>
  )
}

function WordTile({ children }: { children: React.ReactNode }) {
  return (
    <li className="grid aspect-(--aspect) place-items-center content-center gap-2 rounded-s bg-skeleton p-3 text-center text-12 text-text-2">
      {children}
    </li>
  )
}

/** What can be done with one image; on phones all of it is in the menu. */
function TileActions({ generation, image, index, onShare }: TileProps) {
  const t = useTranslations('generations.tile')
  const { person, team } = useComposer()
  const run = useRun(team)
  const { priced } = usePriced(team)
  const favour = useFavour()
  const canUse = person.canGenerate && image.imageId !== null
  const setFavourite = () => favour(image)
  const file = fileNameOf(image)
  const Action = 'pointer-events-auto size-8 rounded-[8px]'
  const dots = (
    <IconButton
      onImage
      tip="none"
      label={t('more', { index: index + 1 })}
      className={cn(Action, 'phone:bg-image-badge')}
    >
      <MoreHorizontal aria-hidden className="size-[18px]" />
    </IconButton>
  )
  return (
    <div
      className={cn(
        'pointer-events-none absolute inset-x-0 bottom-0 flex items-center justify-end gap-1 rounded-b-s bg-linear-to-t from-image-shade to-transparent px-2 pt-8 pb-2 text-on-image transition-opacity duration-(--fast)',
        'phone:from-transparent phone:p-0.5 desk:opacity-0 desk:group-focus-within:opacity-100 desk:group-hover:opacity-100',
      )}
    >
      <span className="contents phone:hidden">
        {person.canGenerate && (
          <IconButton
            onImage
            tip="top"
            label={t(image.favourite ? 'unfavourite' : 'favourite')}
            className={Action}
            onClick={setFavourite}
          >
            <Heart aria-hidden className={cn('size-[18px]', image.favourite && 'fill-current')} />
          </IconButton>
        )}
        {canUse && (
          <IconButton
            onImage
            tip="top"
            label={priced(t('vary'), generation.sample)}
            className={Action}
            onClick={() => void run({ kind: 'vary', image }, generation)}
          >
            <Shuffle aria-hidden className="size-[18px]" />
          </IconButton>
        )}
        <a
          href={image.urls.original}
          download={file}
          aria-label={t('download')}
          data-tip={t('download')}
          data-tip-side="top"
          className={cn(Action, 'inline-grid place-items-center hover:bg-image-hover')}
        >
          <Download aria-hidden className="size-[18px]" />
        </a>
      </span>
      <MenuButton trigger={dots} load={loadMenus}>
        <TileMenu {...{ generation, image, onShare }} onFavour={setFavourite} trigger={dots} />
      </MenuButton>
    </div>
  )
}

function useFavour() {
  const { team } = useComposer()
  const c = useTranslations('common')
  const { mutateAsync } = useFavourites(team)
  return ({ id, favourite }: Pick<Image, 'id' | 'favourite'>) =>
    void mutateAsync({ ids: [id], favourite: !favourite }).catch((error: unknown) =>
      showToast({ title: c(errorKey(error)), isUrgent: true }),
    )
}
