'use client'
import { useLocale } from '@/components/intl'
import { useCategoryName } from '@/components/styles/use-category-name'
import type { Style } from '@/lib/styles/schema'
import { nameOf } from '@/lib/styles/style-name'

/** A style in the reader's language: its name, and its categories as one line. */
export function useStyleWords() {
  const locale = useLocale()
  const category = useCategoryName()
  return {
    category,
    name: (style: Pick<Style, 'nameKo' | 'nameEn'>) => nameOf(style, locale),
    categories: ({ superCategory, mainCategory }: Pick<Style, 'superCategory' | 'mainCategory'>) =>
      [superCategory, mainCategory].filter(Boolean).map(category).join(' · '),
  }
}
