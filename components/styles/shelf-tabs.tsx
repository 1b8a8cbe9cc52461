'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl/react'
import { categoriesOf, shelfIn, type Shelf } from '@/components/styles/shelves'
import { useStyleWords } from '@/components/styles/style-words'
import { cn } from '@/components/ui/cn'
import type { Style } from '@/lib/styles/schema'

/** The shelf in the address, and how to go to another without leaving the page. */
export function useShelf(): [Shelf, (shelf: Shelf) => void] {
  const path = usePathname()
  const search = useSearchParams()
  const go = (shelf: Shelf) =>
    window.history.replaceState(
      null,
      '',
      shelf === 'all' ? path : `${path}?${new URLSearchParams({ shelf })}`,
    )
  return [shelfIn(search.get('shelf')), go]
}

/** The catalogue's parts, in one row that scrolls on phones. */
export function ShelfTabs({ styles, canEdit }: { styles: Style[]; canEdit: boolean }) {
  const t = useTranslations('styles')
  const words = useStyleWords()
  const [current, go] = useShelf()
  const hasHidden = canEdit && styles.some((style) => style.hidden)
  const shelves: { shelf: Shelf; label: string }[] = [
    { shelf: 'all', label: t('all') },
    { shelf: 'favourites', label: t('favourites') },
    { shelf: 'recent', label: t('recent') },
    ...categoriesOf(styles).map((name) => ({
      shelf: `category:${name}` as const,
      label: words.category(name),
    })),
    ...(hasHidden ? [{ shelf: 'hidden' as const, label: t('hiddenShelf') }] : []),
  ]
  return (
    <div
      role="group"
      aria-label={t('shelf')}
      className="-mx-1 no-scrollbar flex min-w-0 flex-1 gap-1.5 overflow-x-auto p-1"
    >
      {shelves.map(({ shelf, label }) => (
        <button
          key={shelf}
          type="button"
          aria-pressed={shelf === current}
          onClick={() => go(shelf)}
          className={cn(
            'touch h-8 shrink-0 rounded-m px-3 text-13 font-medium whitespace-nowrap phone:h-9',
            shelf === current ? 'bg-inverse text-inverse-ink' : 'text-text-2 edge-2 hover:bg-hover',
          )}
        >
          <bdi>{label}</bdi>
        </button>
      ))}
    </div>
  )
}
