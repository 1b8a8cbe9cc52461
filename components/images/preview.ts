import { thumbHashToDataURL } from 'thumbhash'

const drawn = new Map<string, string>()
const KEPT = 1_000

/** A blurred preview of an image, from its ThumbHash as base64, as a data URL of some 3 KB. */
export function previewOf(placeholder: string): string {
  const known = drawn.get(placeholder)
  if (known) return known
  const url = thumbHashToDataURL(Uint8Array.from(atob(placeholder), (letter) => letter.charCodeAt(0)))
  if (drawn.size >= KEPT) drawn.clear()
  drawn.set(placeholder, url)
  return url
}
