import { useQuery } from '@tanstack/react-query'
import { Check, Upload } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { useLocale } from '@/components/intl'
import { buttonClass } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import { SearchInput } from '@/components/ui/search-input'
import { Segmented } from '@/components/ui/segmented'
import { TextArea } from '@/components/ui/text-area'
import { Thumb } from '@/components/ui/thumb'
import { STYLES_MAX } from '@/lib/campaign-sets/plan'
import { styleQueries } from '@/lib/styles/client'
import { nameOf } from '@/lib/styles/style-name'
import { decodeText } from '@/lib/text/encoding'
import { isolate } from '@/lib/text/isolate'
import { matches } from '@/lib/text/search'
import { SAMPLES, type Sample } from '@/lib/upstream/limits'
import { OFFERED_RATIOS, type Ratio } from '@/lib/upstream/ratios'

/** Styles drawn at once; the search finds the others. */
const SHOWN = 60

type Toggle = {
  isChosen: boolean
  isDisabled?: boolean
  onToggle: () => void
  children: ReactNode
}

/** One of several that may be chosen together. */
function ToggleCard({ isChosen, isDisabled, onToggle, children }: Toggle) {
  return (
    <label
      className={cn(
        'relative flex min-h-9 cursor-pointer items-center gap-2 rounded-m px-2.5 py-1.5 text-13 font-medium phone:min-h-11',
        'has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:cursor-not-allowed has-disabled:opacity-45',
        isChosen ? 'bg-selected text-text edge-2' : 'text-text-2 edge hover:bg-hover',
      )}
    >
      <input
        type="checkbox"
        checked={isChosen}
        disabled={isDisabled}
        onChange={onToggle}
        className="sr-only"
      />
      {children}
      {isChosen && <Check aria-hidden className="ml-auto size-4 shrink-0" />}
    </label>
  )
}

const toggled = <T,>(list: readonly T[], one: T): T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one]

type RatiosProps = { ratios: readonly Ratio[]; onChoose: (ratios: Ratio[]) => void }

export function RatiosField({ ratios, onChoose }: RatiosProps) {
  const t = useTranslations('sets.form')
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-13 font-medium text-text-2">{t('ratios')}</legend>
      <div className="grid grid-cols-5 gap-2 phone:grid-cols-3">
        {OFFERED_RATIOS.map((ratio) => (
          <ToggleCard
            key={ratio}
            isChosen={ratios.includes(ratio)}
            onToggle={() => onChoose(toggled(ratios, ratio))}
          >
            {ratio}
          </ToggleCard>
        ))}
      </div>
    </fieldset>
  )
}

export function SampleField({ sample, onChoose }: { sample: Sample; onChoose: (sample: Sample) => void }) {
  const t = useTranslations('sets.form')
  return (
    <div className="grid content-start gap-2">
      <span className="text-13 font-medium text-text-2">{t('perRequest')}</span>
      <Segmented
        label={t('perRequest')}
        value={String(sample)}
        options={SAMPLES.map((one) => ({
          value: String(one),
          label: String(one),
          name: t('images', { count: one }),
        }))}
        onChange={(value) => onChoose(SAMPLES.find((one) => String(one) === value) ?? sample)}
        className="w-[168px] phone:w-auto"
      />
    </div>
  )
}

type StylesProps = { styles: readonly number[]; hasSource: boolean; onChoose: (styles: number[]) => void }

/** Several styles at once; a set that starts from an image or a reference has none. */
export function StylesField({ styles, hasSource, onChoose }: StylesProps) {
  const t = useTranslations('sets.form')
  const locale = useLocale()
  const { team } = useComposer()
  const { data } = useQuery(styleQueries.list(team))
  const [query, setQuery] = useState('')
  if (hasSource) return <p className="text-13 text-text-2">{t('onlySource')}</p>
  const all = data?.items ?? []
  const found = all.filter(
    ({ styleId, nameKo, nameEn }) =>
      (query === '' && styles.includes(styleId)) || matches(query, [nameKo, nameEn, String(styleId)]),
  )
  const shown = found.slice(0, SHOWN)
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-13 font-medium text-text-2">
        {t('styles', { count: styles.length })}
      </legend>
      <SearchInput label={t('searchStyles')} value={query} onText={setQuery} />
      <div className="mt-2 grid max-h-56 grid-cols-3 gap-2 overflow-y-auto p-0.5 phone:grid-cols-1">
        {shown.map((style) => (
          <ToggleCard
            key={style.id}
            isChosen={styles.includes(style.styleId)}
            isDisabled={styles.length >= STYLES_MAX && !styles.includes(style.styleId)}
            onToggle={() => onChoose(toggled(styles, style.styleId))}
          >
            <span className="size-9 shrink-0 overflow-hidden rounded-s bg-skeleton">
              {style.thumbnailUrl && <Thumb src={style.thumbnailUrl} />}
            </span>
            <span className="line-clamp-2 min-w-0">{isolate(nameOf(style, locale))}</span>
          </ToggleCard>
        ))}
      </div>
    </fieldset>
  )
}

type ProductsProps = {
  table: string
  variables: readonly string[]
  count: number
  onTable: (table: string) => void
}

/** A table with a column for each variable, pasted or from a file. */
export function ProductsField({ table, variables, count, onTable }: ProductsProps) {
  const t = useTranslations('sets.form')
  const names = isolate(variables.join(', '))
  return (
    <div className="grid gap-2">
      <Field
        label={t('products')}
        hint={t('productsHint', { variables: names })}
        note={count > 0 ? t('found', { count }) : undefined}
      >
        <TextArea rows={4} value={table} onChange={(event) => onTable(event.target.value)} />
      </Field>
      <label
        className={cn(
          buttonClass({ size: 's' }),
          'cursor-pointer justify-self-start has-focus-visible:outline-2',
        )}
      >
        <Upload aria-hidden className="size-4" />
        {t('file')}
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          className="sr-only"
          onChange={async ({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file) onTable(decodeText(await file.arrayBuffer()))
            currentTarget.value = ''
          }}
        />
      </label>
    </div>
  )
}
