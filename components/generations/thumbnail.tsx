'use client'
import { askAgain, askAgainIfFailed } from '@/components/images/ask-again'

type ThumbnailProps = {
  src: string
  alt: string
  width: number
  height: number
  placeholder: string | null
  isEager?: boolean
}

/** An image over its blurred placeholder; it fades in when it arrives, not when it was there already. */
export function Thumbnail({ src, alt, width, height, placeholder, isEager }: ThumbnailProps) {
  return (
    // eslint-disable-next-line @next/next/no-img-element -- our own thumbnails, answered ahead of Next
    <img
      src={src}
      alt={alt}
      width={width}
      height={height}
      loading={isEager ? 'eager' : 'lazy'}
      // with the first paint, not after it
      decoding={isEager ? 'sync' : 'async'}
      ref={(image) => drawPlaceholder(image, placeholder)}
      onLoad={({ currentTarget }) => fadeIn(currentTarget)}
      onError={askAgain}
      className="size-full object-cover"
    />
  )
}

function drawPlaceholder(image: HTMLImageElement | null, placeholder: string | null): void {
  askAgainIfFailed(image)
  if (!image || !placeholder || image.complete) return
  whenIdle(async () => {
    const { previewOf } = await import('@/components/images/preview')
    if (!image.complete) image.style.background = `center / cover url(${previewOf(placeholder)})`
  })
}

/** A feed has dozens of placeholders; drawn in one go they would hold up the first press. (Safari has no idle callback.) */
const whenIdle = (act: () => Promise<void>) =>
  'requestIdleCallback' in window ? window.requestIdleCallback(act) : setTimeout(act)

function fadeIn(image: HTMLImageElement): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  image.animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: 160, easing: 'ease-out' })
}
