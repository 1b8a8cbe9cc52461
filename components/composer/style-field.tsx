'use client'
import { useQuery } from '@tanstack/react-query'
import { Palette } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { PickRow } from '@/components/composer/pick-row'
import { useLocale } from '@/components/intl'
import { useCategoryName } from '@/components/styles/use-category-name'
import { styleQueries } from '@/lib/styles/client'
import type { Style } from '@/lib/styles/schema'
import { nameOf } from '@/lib/styles/style-name'

/** The chosen style. A form that has none begins with the person's latest, else the catalogue's first with an image. */
export function StyleField() {
  const t = useTranslations('create.style')
  const locale = useLocale()
  const { store, team } = useComposer()
  const chosen = useComposed((state) => state.draft.style)
  const isLoaded = useComposed((state) => state.isLoaded)
  const category = useCategoryName()
  const { data } = useQuery(styleQueries.list(team))
  const first = data && firstChoice(data.items)
  useEffect(() => {
    if (isLoaded && first && !store.get().draft.style) store.edit({ style: { styleId: first.styleId } })
  }, [isLoaded, first, store])

  const style = data?.items.find(({ styleId }) => styleId === chosen?.styleId)
  const name = style
    ? nameOf(style, locale)
    : chosen
      ? t('unknown', { styleId: chosen.styleId })
      : t('choose')
  const hint = style
    ? [style.superCategory, style.mainCategory].filter(Boolean).map(category).join(' · ')
    : t(chosen ? 'notListed' : 'chooseHint')
  return (
    <PickRow
      title={name}
      hint={hint}
      label={chosen ? t('change') : undefined}
      thumb={style?.thumbnailUrl}
      icon={Palette}
      onPress={() => store.setPicker('style')}
    />
  )
}

function firstChoice(styles: readonly Style[]): Style | undefined {
  const latest = styles
    .filter(({ lastUsedAt }) => lastUsedAt !== null)
    .sort((a, b) => String(b.lastUsedAt).localeCompare(String(a.lastUsedAt)))
  return latest[0] ?? styles.find(({ thumbnailUrl }) => thumbnailUrl) ?? styles[0]
}
