import type { ShareLinkTarget } from '@/lib/share-links/schema'

/** What a link to a target is found again by. */
export function targetIdOf(target: ShareLinkTarget): string {
  return target.kind === 'selection' ? selectionId(target.ids) : target.id
}

/** One name for the same images in any order: all their ids, added without carrying. */
function selectionId(ids: readonly string[]): string {
  const sum = [...new Set(ids)].reduce((all, id) => all ^ BigInt(`0x${id.replaceAll('-', '')}`), BigInt(0))
  return `${new Set(ids).size}-${sum.toString(16).padStart(32, '0')}`
}
