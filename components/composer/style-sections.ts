import type { Style } from '@/lib/styles/schema'
import { matches } from '@/lib/text/search'

export type Shelf = { kind: 'all' | 'recent' | 'favourites' } | { kind: 'category'; name: string }
export type Section = { kind: 'recent' | 'all' | 'found' | 'shelf'; styles: Style[] }

const RECENT_SHOWN = 5
const RECENT_MAX = 12

/**
 * The styles of a shelf that match what was typed: by name in both languages (initial consonants too), category and
 * number. Without a query the whole catalogue begins with the latest.
 */
export function sectionsOf(
  styles: readonly Style[],
  { query, shelf, category }: { query: string; shelf: Shelf; category: (name: string) => string },
): Section[] {
  const recent = styles.filter(({ lastUsedAt }) => lastUsedAt !== null).sort(byLastUse)
  const shelved =
    shelf.kind === 'recent' ? recent.slice(0, RECENT_MAX) : styles.filter((style) => isOn(shelf, style))
  const found = shelved.filter((style) => matches(query, textsOf(style, category)))
  if (query.trim()) return [{ kind: 'found', styles: found }]
  if (shelf.kind !== 'all') return [{ kind: 'shelf', styles: found }]
  const latest = recent.slice(0, RECENT_SHOWN)
  const all: Section = {
    kind: 'all',
    styles: [...found].sort((a, b) => rankOf(a) - rankOf(b)),
  }
  return latest.length > 0 ? [{ kind: 'recent', styles: latest }, all] : [all]
}

function isOn(shelf: Shelf, style: Style): boolean {
  if (shelf.kind === 'category') return style.superCategory === shelf.name
  return shelf.kind === 'favourites' ? style.favourite : true
}

/** Favourites first, what nobody has put into a category last. */
const rankOf = ({ favourite, superCategory }: Style) => (favourite ? 0 : superCategory ? 1 : 2)

const byLastUse = (a: Style, b: Style) => String(b.lastUsedAt).localeCompare(String(a.lastUsedAt))

function textsOf(style: Style, category: (name: string) => string): string[] {
  const { nameKo, nameEn, superCategory, mainCategory, styleId } = style
  return [
    nameKo,
    nameEn,
    category(superCategory),
    category(mainCategory),
    superCategory,
    mainCategory,
    String(styleId),
  ]
}

/** A number that was typed as a style's, or null. */
export function styleIdIn(query: string): number | null {
  const digits = /^#?(\d{1,16})$/.exec(query.trim())?.[1]
  const styleId = Number(digits)
  return digits && Number.isSafeInteger(styleId) && styleId > 0 ? styleId : null
}
