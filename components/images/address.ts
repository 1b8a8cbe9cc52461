import type { MouseEvent } from 'react'
import type { Image } from '@/lib/images/schema'

/** The address of an image; `search` keeps the gallery's filters, so that the arrows walk through the same list. */
export const imagePath = (team: string, id: string, search = '') => `/t/${team}/images/${id}${search}`

/** The address that saves an image: as it came, or in another format. */
export const downloadPath = ({ urls }: Pick<Image, 'urls'>, format = 'original') =>
  `${urls.original}?download=${format}`

/** The composer with something of an image (components/generations/reuse-from-address). */
export const reusePath = (team: string, id: string, kind: string) =>
  `/t/${team}/create?reuse=${kind}&from=${id}`

/** The image that an address shows, if it shows one. */
export function imageIdIn(path: string): string | undefined {
  return /^\/t\/[^/]+\/images\/([0-9a-f-]{36})$/.exec(path)?.[1]
}

/**
 * Opens an image over the page instead of leaving it: the address changes, the page underneath stays as it is, and Back
 * returns to exactly there. With a modifier key the link stays a link.
 */
export function openOver(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  window.history.pushState(null, '', event.currentTarget.href)
}
