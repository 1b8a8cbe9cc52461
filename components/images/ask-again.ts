import type { SyntheticEvent } from 'react'

const AGAIN_AFTER_MS = 1_500
const TRIES_MAX = 8
/** A blurred image's thumbnail is made a moment after the answer: only what stays away for longer is told. */
const TOLD_AFTER = 3

/** For an `img` that failed: see `again`. */
export const askAgain = ({ currentTarget }: SyntheticEvent<HTMLImageElement>): void => again(currentTarget)

/** The `ref` of such an `img`: it may have failed before the page's script came. */
export function askAgainIfFailed(image: HTMLImageElement | null): void {
  if (image?.complete && image.naturalWidth === 0 && !image.dataset.tries) again(image)
}

/**
 * Asks again, less and less often, for an image whose bytes could not be had: its thumbnail is just being made, or its file
 * cannot be read. A sign stands in its place (app/globals.css) until it comes after all.
 */
function again(image: HTMLImageElement): void {
  const { src } = image
  const tries = Number(image.dataset.tries ?? 0) + 1
  if (tries >= TOLD_AFTER) image.dataset.unreadable = ''
  if (tries > TRIES_MAX) return
  image.dataset.tries = String(tries)
  image.addEventListener('load', () => delete image.dataset.unreadable, { once: true })
  setTimeout(() => {
    if (image.isConnected && image.src === src) image.src = src
  }, AGAIN_AFTER_MS * tries)
}
