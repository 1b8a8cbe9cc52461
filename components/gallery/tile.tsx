import { Check, EyeOff, Heart, Lock } from 'lucide-react'
import { memo, useState, type CSSProperties, type MouseEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import type { TileActs } from '@/components/gallery/tile-acts'
import { useLongPress } from '@/components/images/use-long-press'
import { openOver } from '@/components/images/address'
import { askAgain, askAgainIfFailed } from '@/components/images/ask-again'
import { meanColourOf } from '@/components/images/placeholder'
import type { previewOf } from '@/components/images/preview'
import { cn } from '@/components/ui/cn'
import { onDemand } from '@/components/ui/on-demand'
import type { Image } from '@/lib/images/schema'

const TileActions = onDemand(() =>
  import('@/components/gallery/tile-actions').then((module) => module.TileActions),
)

type TileProps = {
  team: string
  image: Image
  href: string
  style?: CSSProperties
  acts: TileActs
  isSelecting: boolean
  isPicked: boolean
  /** The one tile that Tab stops at. */
  isStop: boolean
  /** Draws what stands there until the image has come; without it that is one colour, as in HTML. */
  draw?: typeof previewOf
  isEager: boolean
}

/** One image of the grid: opens it, or picks it while selecting. */
export const Tile = memo(function Tile(props: TileProps) {
  const { team, image, href, style, acts, isSelecting, isPicked, isStop, draw, isEager } = props
  const t = useTranslations('gallery')
  const { id, prompt, placeholder, urls } = image
  const [isUnderMouse, setUnderMouse] = useState(false)
  const [hasMenu, setMenu] = useState(false)
  const hasActions = (isUnderMouse || hasMenu) && !isSelecting
  const onClick = (event: MouseEvent<HTMLAnchorElement>) => {
    const isRange = event.shiftKey
    if (!isSelecting && !isRange && !event.ctrlKey && !event.metaKey) return openOver(event)
    event.preventDefault()
    acts.onPick(id, isRange)
  }
  const longPress = useLongPress(() => acts.onPick(id, false))
  const under = placeholder
    ? draw
      ? { backgroundImage: `url("${draw(placeholder)}")` }
      : { backgroundColor: meanColourOf(placeholder) }
    : undefined
  return (
    <div
      role="listitem"
      {...longPress}
      onPointerEnter={({ pointerType }) => setUnderMouse(pointerType === 'mouse')}
      onPointerLeave={() => setUnderMouse(false)}
      style={style}
      className={cn(
        'group/tile overflow-hidden rounded-xs bg-skeleton phone:rounded-[2px]',
        isPicked && 'bg-hover',
      )}
    >
      <a
        href={href}
        data-image={id}
        tabIndex={isStop ? 0 : -1}
        aria-label={t(isSelecting ? 'pick' : 'open', { prompt })}
        draggable={false}
        onClick={onClick}
        onFocus={() => acts.onFocus(id)}
        className="block size-full -outline-offset-2! select-none [-webkit-touch-callout:none] focus-visible:outline-3!"
      >
        {/* eslint-disable-next-line @next/next/no-img-element -- a thumbnail with an address and size of its own */}
        <img
          src={urls.thumb}
          alt=""
          draggable={false}
          loading={isEager ? 'eager' : 'lazy'}
          decoding={isEager ? 'sync' : 'async'}
          style={under}
          ref={askAgainIfFailed}
          onError={askAgain}
          className={cn(
            'pointer-events-none size-full bg-cover object-cover transition-transform duration-(--base)',
            isPicked && 'scale-88 rounded-s',
          )}
        />
      </a>
      <PickBox
        prompt={prompt}
        isPicked={isPicked}
        isShown={isSelecting}
        onPick={(isRange) => acts.onPick(id, isRange)}
      />
      {hasActions && <TileActions team={team} image={image} acts={acts} onMenu={setMenu} />}
      {(!hasActions || image.blurReason) && <Badges image={image} />}
    </div>
  )
})

type PickBoxProps = {
  prompt: string
  isPicked: boolean
  /** Else only under the mouse. */
  isShown: boolean
  onPick: (isRange: boolean) => void
}

function PickBox({ prompt, isPicked, isShown, onPick }: PickBoxProps) {
  const t = useTranslations('gallery')
  return (
    <button
      type="button"
      tabIndex={-1}
      role="checkbox"
      aria-checked={isPicked}
      aria-label={t('pick', { prompt })}
      onClick={(event) => onPick(event.shiftKey)}
      className={cn(
        'absolute top-0 left-0 grid size-10 place-items-center',
        !isShown && 'opacity-0 group-hover/tile:opacity-100 focus-visible:opacity-100 phone:hidden',
      )}
    >
      <span
        aria-hidden
        className={cn(
          'grid size-6 place-items-center rounded-full',
          isPicked
            ? 'bg-gold text-gold-ink'
            : 'bg-image-badge text-transparent ring-2 ring-on-image ring-inset',
        )}
      >
        <Check className="size-4" strokeWidth={2.5} />
      </span>
    </button>
  )
}

function Badges({ image }: { image: Image }) {
  const t = useTranslations('gallery')
  if (!image.favourite && !image.blurReason && !image.private) return null
  return (
    <span className="pointer-events-none absolute bottom-2 left-2 flex gap-1 phone:bottom-1 phone:left-1">
      {image.favourite && (
        <Badge label={t('favourite')}>
          <Heart className="size-3.5" fill="currentColor" />
        </Badge>
      )}
      {image.private && (
        <Badge label={t('private')}>
          <Lock className="size-3.5" />
        </Badge>
      )}
      {image.blurReason && (
        <Badge label={t('blurred')}>
          <EyeOff className="size-3.5" />
        </Badge>
      )}
    </span>
  )
}

function Badge({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span
      role="img"
      aria-label={label}
      className="grid size-6 place-items-center rounded-s bg-image-badge text-on-image"
    >
      {children}
    </span>
  )
}
