import type { InfiniteData } from '@tanstack/react-query'
import type { Generation, GenerationPage } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'

export type FeedPages = InfiniteData<GenerationPage, string | null>

/**
 * The loaded pages with a generation as it is now: in its place, or, if it `belongs` to this list and is new in it, where
 * its age puts it. What is older than everything that was loaded comes with its own page; what was dismissed goes.
 */
export function withGeneration(
  data: FeedPages,
  given: Generation,
  { belongs }: { belongs: boolean },
): FeedPages {
  if (given.dismissed) return mapPages(data, (items) => items.filter(({ id }) => id !== given.id))
  const isKnown = data.pages.some(({ items }) => items.some(({ id }) => id === given.id))
  if (isKnown)
    return mapPages(data, (items) => items.map((item) => (item.id === given.id ? later(item, given) : item)))
  return belongs ? insert(data, given) : data
}

/** An answer that was overtaken by another is dropped: what has ended does not begin again. */
const later = (known: Generation, given: Generation) =>
  isOpen(given.status) && !isOpen(known.status) ? known : given

function insert(data: FeedPages, given: Generation): FeedPages {
  const place = data.pages.findIndex(({ items }) => items.some((item) => isOlder(item, given)))
  const isBeyond = place === -1 && data.pages.at(-1)?.nextCursor !== null
  if (isBeyond) return data
  const target = place === -1 ? data.pages.length - 1 : place
  return mapPages(data, (items, index) => {
    if (index !== target) return items
    const at = items.findIndex((item) => isOlder(item, given))
    return at === -1 ? [...items, given] : [...items.slice(0, at), given, ...items.slice(at)]
  })
}

const isOlder = (item: Generation, than: Generation) =>
  item.createdAt === than.createdAt ? item.id < than.id : item.createdAt < than.createdAt

export function mapPages(
  data: FeedPages,
  change: (items: Generation[], index: number) => Generation[],
): FeedPages {
  return { ...data, pages: data.pages.map((page, index) => ({ ...page, items: change(page.items, index) })) }
}

/** The ends that nobody knows, newest first, with a generation as it is now. */
export function withUnknown(items: readonly Generation[], given: Generation): Generation[] {
  const others = items.filter(({ id }) => id !== given.id)
  if (given.status !== 'unknown') return others
  const place = others.findIndex((item) => isOlder(item, given))
  return place === -1 ? [...others, given] : others.toSpliced(place, 0, given)
}

/** Whose place in the queue may have moved with any other's. */
export function queuedIn(data: FeedPages | undefined): string[] {
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return items.filter(({ status }) => status === 'queued').map(({ id }) => id)
}

export function hasOpen(data: FeedPages | undefined): boolean {
  return data?.pages.some((page) => page.items.some(({ status }) => isOpen(status))) ?? false
}
