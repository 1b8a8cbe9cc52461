import { matches } from '@/lib/text/search'
import type { Style } from '@/lib/styles/schema'

export type Shelf = 'all' | 'favourites' | 'recent' | 'hidden' | `category:${string}`

/** The shelf that an address names; what it does not know is everything. */
export function shelfIn(text: string | null): Shelf {
  if (text === 'favourites' || text === 'recent' || text === 'hidden') return text
  return text?.startsWith('category:') ? `category:${text.slice('category:'.length)}` : 'all'
}

/** What stands on a shelf and matches the words: names in both languages, initial consonants, categories, the number. */
export function stylesOn(
  styles: readonly Style[],
  { shelf, query, category }: { shelf: Shelf; query: string; category: (name: string) => string },
): Style[] {
  const shelved = styles.filter((style) => isOn(shelf, style))
  const sorted = shelf === 'recent' ? shelved.toSorted(byLastUse) : shelved
  return sorted.filter((style) => matches(query, textsOf(style, category)))
}

/** The categories of the visible styles, in the order in which they come. */
export function categoriesOf(styles: readonly Style[]): string[] {
  const shown = styles.filter((style) => !style.hidden)
  return [...new Set(shown.map((style) => style.superCategory).filter(Boolean))]
}

function isOn(shelf: Shelf, style: Style): boolean {
  if (shelf === 'hidden') return style.hidden
  if (style.hidden) return false
  if (shelf === 'favourites') return style.favourite
  if (shelf === 'recent') return style.lastUsedAt !== null
  return shelf === 'all' || `category:${style.superCategory}` === shelf
}

const byLastUse = (one: Style, other: Style) => String(other.lastUsedAt).localeCompare(String(one.lastUsedAt))

function textsOf(style: Style, category: (name: string) => string): string[] {
  const { nameKo, nameEn, superCategory, mainCategory, styleId } = style
  return [nameKo, nameEn, category(superCategory), category(mainCategory), String(styleId)]
}
