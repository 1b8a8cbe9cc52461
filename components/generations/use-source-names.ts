import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import type { Source } from '@/lib/generations/schema'
import { styleQueries } from '@/lib/styles/client'
import { styleNameOf } from '@/lib/styles/style-name'
import { isolate } from '@/lib/text/isolate'

/** What generations started from, in words. `team` is the slug of the page. */
export function useSourceNames(team: string): (source: Source) => string {
  const t = useTranslations('generations.source')
  const locale = useLocale()
  const { data } = useQuery(styleQueries.list(team))
  return (source) => {
    if (source.kind === 'reference') return t('reference')
    if (source.kind === 'image') return t('image', { imageId: source.imageId })
    const name = isolate(
      styleNameOf(data?.items, source.styleId, locale) ?? t('style', { styleId: source.styleId }),
    )
    return source.imageId === undefined ? name : `${name}, ${t('variation')}`
  }
}
