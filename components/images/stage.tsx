import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef, type PointerEvent, type ReactNode, type WheelEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { previewOf } from '@/components/images/preview'
import { useGestures } from '@/components/images/use-gestures'
import type { Point, Zoom } from '@/components/images/use-zoom'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import type { Image } from '@/lib/images/schema'

type StageProps = {
  image: Image
  zoom: Zoom
  onNewer?: () => void
  onOlder?: () => void
}

/** The image itself: fits, zooms, moves; swipes lead on, a swipe down closes. */
export function Stage({ image, zoom, onNewer, onOlder }: StageProps) {
  const t = useTranslations('image')
  const ref = useRef<HTMLDivElement>(null)
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = ref.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 }
  }
  const gestures = useGestures({ zoom, pointOf, onNewer, onOlder })
  const onWheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey || zoom.isZoomed)
      zoom.zoomTo(zoom.view.scale * Math.exp(-event.deltaY / 300), pointOf(event))
  }
  const onDoubleClick = (event: PointerEvent | React.MouseEvent) =>
    zoom.isZoomed ? zoom.reset() : zoom.zoomTo(2.5, pointOf(event))
  const { scale, x, y } = zoom.view
  return (
    <div
      ref={ref}
      className={cn(
        'relative grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] place-items-center overflow-hidden px-18 py-2 phone:h-[min(72dvh,calc(100dvh-254px))] phone:px-0 phone:py-0',
        zoom.isZoomed ? 'cursor-grab touch-none active:cursor-grabbing' : 'touch-pan-y',
      )}
      onWheel={onWheel}
      onDoubleClick={onDoubleClick}
      {...gestures}
    >
      <div
        className="relative grid size-full grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] place-items-center"
        style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
      >
        <StageImage key={image.id} image={image} />
      </div>
      {!zoom.isZoomed && (
        <>
          <Arrow side="left" label={t('previous')} onGo={onNewer}>
            <ChevronLeft className="size-6" />
          </Arrow>
          <Arrow side="right" label={t('next')} onGo={onOlder}>
            <ChevronRight className="size-6" />
          </Arrow>
        </>
      )}
    </div>
  )
}

/** Fits its box by its own ratio; the thumbnail, or the blurred preview, stands under it until it is there. */
function StageImage({ image }: { image: Image }) {
  const { width, height, placeholder, urls, prompt } = image
  const under = placeholder ? `url("${urls.thumb}"), url("${previewOf(placeholder)}")` : undefined
  return (
    // The bytes have their own address and size: next/image would only encode them again.
    // eslint-disable-next-line @next/next/no-img-element
    <img
      src={urls.original}
      alt={prompt}
      width={width}
      height={height}
      draggable={false}
      fetchPriority="high"
      ref={(image) => void (image?.complete && uncover(image))}
      onLoad={({ currentTarget }) => uncover(currentTarget)}
      style={{ aspectRatio: `${width} / ${height}`, backgroundImage: under }}
      className="h-full max-h-full w-auto max-w-full rounded-xs bg-contain bg-center bg-no-repeat object-contain select-none"
    />
  )
}

/** What stood under it is of nearly its ratio, and would show at its edges. */
function uncover(image: HTMLImageElement): void {
  if (image.naturalWidth > 0) image.style.backgroundImage = 'none'
}

type ArrowProps = { side: 'left' | 'right'; label: string; onGo?: () => void; children: ReactNode }

function Arrow({ side, label, onGo, children }: ArrowProps) {
  if (!onGo) return null
  return (
    <IconButton
      label={label}
      onClick={onGo}
      tip="none"
      className={cn(
        'absolute! top-1/2 -mt-[22px] size-11 rounded-full phone:hidden',
        side === 'left' ? 'left-3.5' : 'right-3.5',
      )}
    >
      {children}
    </IconButton>
  )
}
