import { filterStyles, type StyleFilter } from '@/lib/styles/filter'
import type { Style } from '@/lib/styles/schema'

export type Section = { kind: 'recent' | 'all' | 'found' | 'filtered'; styles: Style[] }

const RECENT_SHOWN = 5
const RECENT_MAX = 12

type Wanted = { query: string; filter: StyleFilter; category: (name: string) => string }

/** The styles of a filter that match what was typed. Without a query the whole catalogue begins with the latest. */
export function sectionsOf(styles: readonly Style[], { query, filter, category }: Wanted): Section[] {
  const all = filterStyles(styles, { filter, query, category })
  const found = filter === 'recent' ? all.slice(0, RECENT_MAX) : all
  if (query.trim()) return [{ kind: 'found', styles: found }]
  if (filter !== 'all') return [{ kind: 'filtered', styles: found }]
  const latest = filterStyles(styles, { filter: 'recent', query, category }).slice(0, RECENT_SHOWN)
  const sorted: Section = { kind: 'all', styles: [...found].sort((a, b) => rankOf(a) - rankOf(b)) }
  return latest.length > 0 ? [{ kind: 'recent', styles: latest }, sorted] : [sorted]
}

/** Favourites first, what nobody has put into a category last. */
const rankOf = ({ favourite, superCategory }: Style) => (favourite ? 0 : superCategory ? 1 : 2)

/** A number that was typed as a style's, or null. */
export function styleIdIn(query: string): number | null {
  const digits = /^#?(\d{1,16})$/.exec(query.trim())?.[1]
  const styleId = Number(digits)
  return digits && Number.isSafeInteger(styleId) && styleId > 0 ? styleId : null
}
