import type { InfiniteData } from '@tanstack/react-query'
import type { Image, ImagePage } from '@/lib/images/schema'

export type Pages = InfiniteData<ImagePage, string | null>

/**
 * Brings loaded pages up to date with a fresh first page, without asking for the others again: what is new stands at
 * the head, what has gone from the stretch that the first page covers is dropped. When the two no longer meet (more new
 * images than a page holds), only the first page is kept and the rest is loaded anew while scrolling.
 */
export function withHead(data: Pages, head: ImagePage): Pages {
  const known = data.pages.flatMap((page) => page.items)
  const fresh = new Set(head.items.map(({ id }) => id))
  const last = head.items.at(-1)
  const meets = known.length === 0 || known.some(({ id }) => fresh.has(id))
  if (!last || head.nextCursor === null || !meets) return { pages: [head], pageParams: [null] }
  const rest = data.pages.map((page) => ({
    ...page,
    items: page.items.filter((item) => isBehind(item, last)),
  }))
  const kept = rest.filter((page) => page.items.length > 0)
  return { pages: [head, ...kept], pageParams: [null, ...kept.map(() => null)] }
}

const isBehind = (item: Image, last: Image) =>
  item.createdAt < last.createdAt || (item.createdAt === last.createdAt && item.id < last.id)

/** The pages with some images changed; null drops one. */
export function mapImages(data: Pages, change: (image: Image) => Image | null): Pages {
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((image) => change(image) ?? []),
  }))
  return { ...data, pages }
}
