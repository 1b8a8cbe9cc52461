import type { Style } from '@/lib/styles/schema'
import { matches } from '@/lib/text/search'

/** Which styles of the catalogue are shown. */
export type StyleFilter = 'all' | 'favourites' | 'recent' | 'hidden' | `category:${string}`

/** The filter that an address names; what it does not know is everything. */
export function styleFilterIn(text: string | null): StyleFilter {
  if (text === 'favourites' || text === 'recent' || text === 'hidden') return text
  return text?.startsWith('category:') ? `category:${text.slice('category:'.length)}` : 'all'
}

/**
 * The styles of a filter that match the words: names in both languages (initial consonants too), categories as they are
 * written and as the reader reads them (`category`), the number. `recent` begins with the latest.
 */
export function filterStyles(
  styles: readonly Style[],
  { filter, query, category }: { filter: StyleFilter; query: string; category: (name: string) => string },
): Style[] {
  const chosen = styles.filter((style) => isIn(filter, style))
  const sorted = filter === 'recent' ? [...chosen].sort(byLastUse) : chosen
  return sorted.filter((style) => matches(query, textsOf(style, category)))
}

/** The categories of the visible styles, in the order in which they come. */
export function categoriesOf(styles: readonly Style[]): string[] {
  const shown = styles.filter((style) => !style.hidden)
  return [...new Set(shown.map((style) => style.superCategory).filter(Boolean))]
}

function isIn(filter: StyleFilter, style: Style): boolean {
  if (filter === 'hidden') return style.hidden
  if (style.hidden) return false
  if (filter === 'favourites') return style.favourite
  if (filter === 'recent') return style.lastUsedAt !== null
  return filter === 'all' || `category:${style.superCategory}` === filter
}

const byLastUse = (one: Style, other: Style) => String(other.lastUsedAt).localeCompare(String(one.lastUsedAt))

function textsOf(style: Style, category: (name: string) => string): string[] {
  const { nameKo, nameEn, superCategory, mainCategory, styleId } = style
  const categories = [superCategory, mainCategory]
  return [nameKo, nameEn, ...categories, ...categories.map(category), String(styleId)]
}
