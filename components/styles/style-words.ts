'use client'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import type { Messages } from '@/lib/i18n/messages'
import type { Style } from '@/lib/styles/schema'

type Known = keyof Messages['styles']['categoryNames']

/** A style in the reader's language: its name, and its categories as one line. */
export function useStyleWords() {
  const locale = useLocale()
  const category = useCategoryWord()
  return {
    category,
    name: ({ nameKo, nameEn }: Pick<Style, 'nameKo' | 'nameEn'>) => (locale === 'ko' ? nameKo : nameEn),
    categories: ({ superCategory, mainCategory }: Pick<Style, 'superCategory' | 'mainCategory'>) =>
      [superCategory, mainCategory].filter(Boolean).map(category).join(' · '),
  }
}

/** The sandbox's categories have names in both languages; a team's own are written as the catalogue has them. */
function useCategoryWord(): (category: string) => string {
  const t = useTranslations('styles.categoryNames')
  const isKnown = (category: string): category is Known =>
    /^[\w-]+$/.test(category) && t.has(category as Known) // has() takes any key
  return (category) => (isKnown(category) ? t(category) : category)
}
