import { useQuery } from '@tanstack/react-query'
import { Heart } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { Chip } from '@/components/ui/chip'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entry'
import { imageQueries } from '@/lib/images/client'
import { hasFilters } from '@/lib/images/filters'
import type { ImageFilters } from '@/lib/images/schema'
import { memberQueries } from '@/lib/members/client'
import { styleQueries } from '@/lib/styles/client'
import { nameOf } from '@/lib/styles/style-name'
import { OFFERED_RATIOS } from '@/lib/upstream/ratios'

type ChipProps = {
  team: string
  filters: ImageFilters
  onFilter: (change: Partial<ImageFilters>) => void
}

/** A chip for each filter: outlined while it can be set, filled with a cross once it is. */
export function FilterChips({ team, filters, onFilter }: ChipProps) {
  const t = useTranslations('gallery')
  const { favourite } = filters
  return (
    <>
      <RatioChip {...{ team, filters, onFilter }} />
      <StyleChip {...{ team, filters, onFilter }} />
      <PersonChip {...{ team, filters, onFilter }} />
      <MonthChip {...{ team, filters, onFilter }} />
      <Chip
        isSet={favourite !== undefined}
        onClick={() => onFilter({ favourite: favourite ? undefined : 'true' })}
      >
        <Heart aria-hidden className="size-3.5" fill={favourite ? 'currentColor' : 'none'} />
        {t('favourites')}
      </Chip>
      {hasFilters(filters) && (
        <button
          type="button"
          onClick={() =>
            onFilter({
              q: undefined,
              ratio: undefined,
              styleId: undefined,
              makerId: undefined,
              favourite: undefined,
              until: undefined,
            })
          }
          className="touch h-8 shrink-0 rounded-s px-2 text-13 font-medium whitespace-nowrap text-text-2 hover:text-text phone:h-9"
        >
          {t('clearFilters')}
        </button>
      )}
    </>
  )
}

function RatioChip({ filters: { ratio }, onFilter }: ChipProps) {
  const t = useTranslations('gallery')
  if (ratio) return <SetChip name={t('ratio')} value={ratio} onClear={() => onFilter({ ratio: undefined })} />
  const entries = OFFERED_RATIOS.map((one) => ({ label: one, onSelect: () => onFilter({ ratio: one }) }))
  return <Menu align="start" trigger={<Chip opens>{t('ratio')}</Chip>} entries={entries} />
}

function StyleChip({ team, filters: { styleId }, onFilter }: ChipProps) {
  const t = useTranslations('gallery')
  const locale = useLocale()
  const [isWanted, setWanted] = useState(styleId !== undefined)
  const { data } = useQuery({ ...styleQueries.list(team), enabled: isWanted })
  if (styleId !== undefined) {
    const style = data?.items.find((one) => one.styleId === styleId)
    return (
      <SetChip
        name={t('style')}
        value={style ? nameOf(style, locale) : t('unknownStyle', { id: String(styleId) })}
        onClear={() => onFilter({ styleId: undefined })}
      />
    )
  }
  const entries: MenuEntry[] = (data?.items ?? []).map((style) => ({
    label: nameOf(style, locale),
    onSelect: () => onFilter({ styleId: style.styleId }),
  }))
  return <WaitingMenu name={t('style')} entries={entries} onWant={() => setWanted(true)} />
}

function PersonChip({ team, filters: { makerId }, onFilter }: ChipProps) {
  const t = useTranslations('gallery')
  const [isWanted, setWanted] = useState(makerId !== undefined)
  const { data } = useQuery({ ...memberQueries.list(team), enabled: isWanted })
  if (makerId !== undefined) {
    const member = data?.items.find(({ id }) => id === makerId)
    return (
      <SetChip
        name={t('person')}
        value={data ? (member?.name ?? t('someone')) : '…'}
        onClear={() => onFilter({ makerId: undefined })}
      />
    )
  }
  const entries: MenuEntry[] = (data?.items ?? []).map(({ id, name }) => ({
    label: name,
    onSelect: () => onFilter({ makerId: id }),
  }))
  return <WaitingMenu name={t('person')} entries={entries} onWant={() => setWanted(true)} />
}

/** Jumps to a month: the gallery begins with its last image and goes on to older ones. */
function MonthChip({ team, filters, onFilter }: ChipProps) {
  const t = useTranslations('gallery')
  const c = useTranslations('common')
  const format = useFormatter()
  const { data, isError, refetch } = useQuery(imageQueries.counts(team, filters))
  const nameOf = (month: string) =>
    format.dateTime(new Date(`${month}-01T00:00:00Z`), { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const { until } = filters
  if (until) {
    return <SetChip name={t('until')} value={nameOf(until)} onClear={() => onFilter({ until: undefined })} />
  }
  const entries: MenuEntry[] = (data?.months ?? []).map(({ month, count }) => ({
    label: nameOf(month),
    hint: format.number(count),
    onSelect: () => onFilter({ until: month }),
  }))
  if (isError) entries.push({ label: c('retry'), onSelect: () => void refetch() })
  if (data?.months.length === 0) entries.push({ kind: 'label', label: t('dayCount', { count: 0 }) })
  return <WaitingMenu name={t('month')} entries={entries} />
}

/** A menu whose entries may still be on their way; some are asked for when somebody goes for it. */
function WaitingMenu({ name, entries, onWant }: { name: string; entries: MenuEntry[]; onWant?: () => void }) {
  const c = useTranslations('common')
  const shown: MenuEntry[] = entries.length > 0 ? entries : [{ kind: 'label', label: c('loading') }]
  return (
    <span onPointerEnter={onWant} onFocus={onWant} onClick={onWant}>
      <Menu align="start" trigger={<Chip opens>{name}</Chip>} entries={shown} />
    </span>
  )
}

function SetChip({ name, value, onClear }: { name: string; value: string; onClear: () => void }) {
  const t = useTranslations('gallery')
  const text = `${name}: ${value}`
  return (
    <Chip isSet onClick={onClear} aria-label={t('clearOne', { name: text })}>
      <span className="max-w-44 truncate">
        {name}: <bdi>{value}</bdi>
      </span>
    </Chip>
  )
}
