'use client'
import { useTranslations } from 'use-intl/react'
import type { Messages } from '@/lib/i18n/messages'

type Known = keyof Messages['categories']

/** A category in the reader's language: the sandbox's have names in both, others are written as the catalogue has them. */
export function useCategoryName(): (category: string) => string {
  const t = useTranslations('categories')
  const isKnown = (category: string): category is Known =>
    /^[\w-]+$/.test(category) && t.has(category as Known) // has() takes any key
  return (category) => (isKnown(category) ? t(category) : category)
}
