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
  const from = sourceOf(generation, t)
  if (from) facts.unshift({ name: t('from'), value: from })
  const place = generation.images.findIndex(({ id }) => id === image.id) // what lies in the trash has none
  if (place >= 0)
    facts.push({
      name: t('image'),
      value: t('imageOf', { place: place + 1, count: generation.images.length }),
    })
  return [...facts, ...timeFacts(generation, t), ...creditFacts(generation, t)]
}

type T = ReturnType<typeof useTranslations<'image'>>

/** What it started from where that was no style; a style has a line of its own. */
function sourceOf({ source }: Generation, t: T): string | undefined {
  if (source.kind === 'reference') return t('fromReference')
  if (source.kind === 'image') return t('fromImage', { id: String(source.imageId) })
  return source.imageId === undefined ? undefined : t('variationOf', { id: String(source.imageId) })
}

/** What it started from as upstream names it. */
export function sourceFacts(generation: Generation | undefined, t: T): Fact[] {
  return generation?.source.kind === 'reference'
    ? [{ name: t('reference'), value: isolate(generation.source.image) }]
    : []
}

function timeFacts({ createdAt, sentAt, finishedAt }: Generation, t: T): Fact[] {
  if (!sentAt || !finishedAt) return []
  const tenths = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 100) / 10
  const value = t('tookValue', { seconds: tenths(sentAt, finishedAt), waited: tenths(createdAt, sentAt) })
  return [{ name: t('took'), value }]
}

function creditFacts({ spent }: Generation, t: T): Fact[] {
  if (!spent) return []
  const amount = spent.defaultCredit + spent.dailyCredit + spent.monthlyCredit
  return [{ name: t('credits'), value: t('spent', { amount }) }]
}

/** What was left of each balance after it. */
export function balanceFacts(generation: Generation | undefined, t: T): Fact[] {
  const { defaultCredit: charged, dailyCredit: daily, monthlyCredit: monthly } = generation?.credits ?? {}
  if (charged == null || daily == null || monthly == null) return []
  return [{ name: t('creditsLeft'), value: t('balances', { charged, daily, monthly }), isLong: true }]
}
