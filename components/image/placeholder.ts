import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash'

const drawn = new Map<string, string>()
const KEPT = 1_000

const bytesOf = (placeholder: string) => Uint8Array.from(atob(placeholder), (letter) => letter.charCodeAt(0))

/** A blurred preview of a picture as a data URL of some 3 KB. */
export function previewOf(placeholder: string): string {
  const known = drawn.get(placeholder)
  if (known) return known
  const url = thumbHashToDataURL(bytesOf(placeholder))
  if (drawn.size >= KEPT) drawn.clear()
  drawn.set(placeholder, url)
  return url
}

/** A picture's mean colour: the preview for HTML, where a data URL for each picture would weigh too much. */
export function meanColourOf(placeholder: string): string {
  const { r, g, b } = thumbHashToAverageRGBA(bytesOf(placeholder))
  return `color(srgb ${r.toFixed(2)} ${g.toFixed(2)} ${b.toFixed(2)})`
}
