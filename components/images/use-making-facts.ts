import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import type { Fact } from '@/components/images/facts'
import { useLocale } from '@/components/intl'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { styleQueries } from '@/lib/styles/client'
import { styleNameOf } from '@/lib/styles/style-name'
import { isolate } from '@/lib/text/isolate'

/** How an image was made, as far as it is known by now. */
export function useMakingFacts(team: string, image: Image, generation: Generation | undefined): Fact[] {
  const t = useTranslations('image')
  const locale = useLocale()
  const { data: styles } = useQuery(styleQueries.list(team))
  const styleName = image.styleId === null ? undefined : styleNameOf(styles?.items, image.styleId, locale)
  const facts: Fact[] = [{ name: t('ratio'), value: image.ratio }]
  if (image.styleId !== null)
    facts.unshift({
      name: t('style'),
      value: styleName ? `${styleName} #${image.styleId}` : `#${image.styleId}`,
    })
  if (!generation) return facts
  facts.unshift({ name: t('from'), value: sourceOf(generation, t) })
  if (generation.source.kind === 'style' && generation.source.imageId !== undefined)
    facts.push({ name: t('alsoImage'), value: String(generation.source.imageId) })
  const place = generation.images.findIndex(({ id }) => id === image.id) // what lies in the trash has none
  if (place >= 0)
    facts.push({
      name: t('image'),
      value: t('imageOf', { place: place + 1, count: generation.images.length }),
    })
  return [...facts, ...timeFacts(generation, t), ...creditFacts(generation, t)]
}

type T = ReturnType<typeof useTranslations<'image'>>

function sourceOf({ source }: Generation, t: T): string {
  if (source.kind === 'reference') return t('fromReference', { path: isolate(source.image) })
  return source.kind === 'image' ? t('fromImage', { id: String(source.imageId) }) : t('fromStyle')
}

function timeFacts({ createdAt, sentAt, finishedAt }: Generation, t: T): Fact[] {
  if (!sentAt || !finishedAt) return []
  const tenths = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 100) / 10
  const value = t('tookValue', { seconds: tenths(sentAt, finishedAt), waited: tenths(createdAt, sentAt) })
  return [{ name: t('took'), value }]
}

function creditFacts({ credits, spent }: Generation, t: T): Fact[] {
  const facts: Fact[] = []
  const amount = spent && spent.defaultCredit + spent.dailyCredit + spent.monthlyCredit
  if (amount !== undefined) facts.push({ name: t('credits'), value: t('spent', { amount }) })
  if (credits) {
    const { defaultCredit: charged, dailyCredit: daily, monthlyCredit: monthly } = credits
    if (charged !== null && daily !== null && monthly !== null)
      facts.push({ name: t('creditsLeft'), value: t('balances', { charged, daily, monthly }), isLong: true })
  }
  return facts
}
