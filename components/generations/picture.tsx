'use client'

type PictureProps = {
  src: string
  alt: string
  width: number
  height: number
  placeholder: string | null
  isEager?: boolean
}

/** A picture over its blurred placeholder; it fades in when it arrives, not when it was there already. */
export function Picture({ src, alt, width, height, placeholder, isEager }: PictureProps) {
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
      ref={(picture) => drawPlaceholder(picture, placeholder)}
      onLoad={({ currentTarget }) => fadeIn(currentTarget)}
      onError={({ currentTarget }) => askAgain(currentTarget, src)}
      className="size-full object-cover"
    />
  )
}

function drawPlaceholder(picture: HTMLImageElement | null, placeholder: string | null): void {
  if (!picture || !placeholder || picture.complete) return
  whenIdle(async () => {
    const { previewOf } = await import('@/components/images/preview')
    if (!picture.complete) picture.style.background = `center / cover url(${previewOf(placeholder)})`
  })
}

/** A feed has dozens of placeholders; drawn in one go they would hold up the first press. (Safari has no idle callback.) */
const whenIdle = (act: () => Promise<void>) =>
  'requestIdleCallback' in window ? window.requestIdleCallback(act) : setTimeout(act)

const AGAIN_AFTER_MS = 1_500
const TRIES_MAX = 8

/** A blurred picture's thumbnail is made a moment after the answer; until then there is nothing to show of it. */
function askAgain(picture: HTMLImageElement, src: string): void {
  const tries = Number(picture.dataset.tries ?? 0) + 1
  if (tries > TRIES_MAX) return
  picture.dataset.tries = String(tries)
  setTimeout(() => {
    if (picture.isConnected) picture.src = src
  }, AGAIN_AFTER_MS * tries)
}

function fadeIn(picture: HTMLImageElement): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  picture.animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: 160, easing: 'ease-out' })
}
