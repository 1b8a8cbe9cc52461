'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl/react'
import { useStyleWords } from '@/components/styles/style-words'
import { cn } from '@/components/ui/cn'
import { categoriesOf, styleFilterIn, type StyleFilter } from '@/lib/styles/filter'
import type { Style } from '@/lib/styles/schema'

/** The filter in the address, and how to go to another without leaving the page. */
export function useStyleFilter(): [StyleFilter, (filter: StyleFilter) => void] {
  const path = usePathname()
  const search = useSearchParams()
  const go = (filter: StyleFilter) =>
    window.history.replaceState(
      null,
      '',
      filter === 'all' ? path : `${path}?${new URLSearchParams({ filter })}`,
    )
  return [styleFilterIn(search.get('filter')), go]
}

/** The catalogue's parts, in one row that scrolls on phones. */
export function FilterTabs({ styles, canEdit }: { styles: Style[]; canEdit: boolean }) {
  const t = useTranslations('styles')
  const words = useStyleWords()
  const [current, go] = useStyleFilter()
  const hasHidden = canEdit && styles.some((style) => style.hidden)
  const filters: { filter: StyleFilter; label: string }[] = [
    { filter: 'all', label: t('all') },
    { filter: 'favourites', label: t('favourites') },
    { filter: 'recent', label: t('recent') },
    ...categoriesOf(styles).map((name) => ({
      filter: `category:${name}` as const,
      label: words.category(name),
    })),
    ...(hasHidden ? [{ filter: 'hidden' as const, label: t('hiddenStyles') }] : []),
  ]
  return (
    <div
      role="group"
      aria-label={t('filter')}
      className="-mx-1 no-scrollbar flex min-w-0 flex-1 gap-1.5 overflow-x-auto p-1"
    >
      {filters.map(({ filter, label }) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === current}
          onClick={() => go(filter)}
          className={cn(
            'touch h-8 shrink-0 rounded-m px-3 text-13 font-medium whitespace-nowrap phone:h-9',
            filter === current ? 'bg-inverse text-inverse-ink' : 'text-text-2 edge-2 hover:bg-hover',
          )}
        >
          <bdi>{label}</bdi>
        </button>
      ))}
    </div>
  )
}
