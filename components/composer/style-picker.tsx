import { useQuery } from '@tanstack/react-query'
import { Clock, Heart, LayoutGrid, Search } from 'lucide-react'
import { useMemo, useRef, useState, type Ref } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { StyleGrid } from '@/components/composer/style-grid'
import { sectionsOf, styleIdIn } from '@/components/composer/style-sections'
import { useLocale } from '@/components/intl'
import { useCategoryName } from '@/components/styles/use-category-name'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'
import { Skeleton } from '@/components/ui/skeleton'
import { styleQueries } from '@/lib/styles/client'
import { categoriesOf, type StyleFilter } from '@/lib/styles/filter'
import type { Style } from '@/lib/styles/schema'
import { nameOf } from '@/lib/styles/style-name'
import { enterKeys } from '@/lib/text/enter-keys'
import { isolate } from '@/lib/text/isolate'
import { shortcutOf } from '@/lib/text/shortcut'

const NOTHING: Style[] = []

/** The catalogue in a dialog: search, filters on the left, a grid that the arrow keys walk. */
export function StylePicker() {
  const t = useTranslations('create.picker')
  const locale = useLocale()
  const { store, team } = useComposer()
  const chosen = useComposed((state) => state.draft.style?.styleId)
  const category = useCategoryName()
  const { data, isPending, isError, refetch } = useQuery(styleQueries.list(team))
  const [query, setQuery] = useState('')
  const [filter, setFilter] = useState<StyleFilter>('all')
  const [pointed, setPointed] = useState<Style | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const styles = data?.items ?? NOTHING
  const sections = useMemo(
    () => sectionsOf(styles, { query, filter, category }),
    [styles, query, filter, category],
  )
  const typedId = styleIdIn(query)
  const isUnlisted = typedId !== null && !styles.some(({ styleId }) => styleId === typedId)

  const close = () => store.setPicker(null)
  const choose = (styleId: number) => {
    store.edit({ source: 'style', style: { styleId } })
    close()
  }
  const first = typedId ?? sections[0]?.styles[0]?.styleId
  return (
    <Dialog title={t('title')} isOpen onClose={close} width="full" firstFocus={search}>
      <div className="flex min-h-0 flex-1 flex-col">
        <SearchBox
          ref={search}
          label={t('search', { count: styles.length })}
          query={query}
          onQuery={setQuery}
          onEnter={() => query.trim() !== '' && first !== undefined && choose(first)}
        />
        <div className="mt-3 flex min-h-0 flex-1 gap-5 border-t border-line pt-3 phone:flex-col phone:gap-3">
          <Filters styles={styles} filter={filter} onChoose={setFilter} />
          <div className="min-h-0 min-w-0 flex-1 overflow-y-auto px-1 pb-2">
            {isUnlisted && (
              <Button size="s" className="mt-2" onClick={() => choose(typedId)}>
                {t('useId', { styleId: typedId })}
              </Button>
            )}
            {isPending && <LoadingGrid />}
            {isError && (
              <div role="alert" className="grid justify-items-start gap-3 py-6 text-14">
                {t('failed')}
                <RetryButton onRetry={() => refetch()} />
              </div>
            )}
            {data && sections.every((section) => section.styles.length === 0) ? (
              <Nothing query={query} isEmpty={styles.length === 0} />
            ) : (
              <StyleGrid sections={sections} chosen={chosen} onPoint={setPointed} onUse={choose} />
            )}
          </div>
        </div>
        <footer className="-mx-6 mt-2 flex items-center justify-between gap-4 border-t border-line px-6 pt-3 text-13 text-text-2 phone:hidden">
          <span className="flex items-center gap-2">
            <Kbd>← → ↑ ↓</Kbd> {t('move')} <Kbd>↵</Kbd> {t('use')} <Kbd>F</Kbd> {t('favourite')}
          </span>
          <span aria-live="polite">
            {pointed && t('line', { name: isolate(nameOf(pointed, locale)), styleId: pointed.styleId })}
          </span>
        </footer>
      </div>
    </Dialog>
  )
}

type SearchBoxProps = {
  ref: Ref<HTMLInputElement>
  label: string
  query: string
  onQuery: (query: string) => void
  onEnter: () => void
}

/** Enter takes the first that was found, the arrow leads into the grid. */
function SearchBox({ ref, label, query, onQuery, onEnter }: SearchBoxProps) {
  const [enter] = useState(() => enterKeys({ mod: false }))
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (enter.keyDown(event.nativeEvent)) {
      event.preventDefault()
      onEnter()
    } else if (shortcutOf(event.nativeEvent) === 'ArrowDown') {
      event.preventDefault()
      document.querySelector<HTMLElement>('[data-style-grid] [role=option]')?.focus()
    }
  }
  return (
    <Input
      ref={ref}
      type="search"
      value={query}
      onChange={(event) => onQuery(event.target.value)}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => enter.keyUp(event)}
      onCompositionEnd={(event) => enter.compositionEnd(event.data) && onEnter()}
      placeholder={label}
      aria-label={label}
      before={<Search aria-hidden className="size-4 shrink-0 text-text-3" />}
    />
  )
}

function RetryButton({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('common')
  return <Button onClick={onRetry}>{t('retry')}</Button>
}

function Nothing({ query, isEmpty }: { query: string; isEmpty: boolean }) {
  const t = useTranslations('create.picker')
  const title = query ? t('none', { query: isolate(query) }) : t(isEmpty ? 'empty' : 'emptyFilter')
  const hint = query ? t('noneHint') : isEmpty ? t('emptyHint') : null
  return (
    <div className="grid justify-items-center gap-2 px-4 py-16 text-center">
      <p className="text-16 font-semibold">{title}</p>
      {hint && <p className="max-w-[46ch] text-14 text-text-2">{hint}</p>}
    </div>
  )
}

function LoadingGrid() {
  return (
    <div className="grid grid-cols-5 gap-3 pt-4 phone:grid-cols-3">
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={index} className="aspect-square rounded-m" />
      ))}
    </div>
  )
}

type FiltersProps = { styles: readonly Style[]; filter: StyleFilter; onChoose: (filter: StyleFilter) => void }

function Filters({ styles, filter, onChoose }: FiltersProps) {
  const t = useTranslations('create.picker')
  const category = useCategoryName()
  const categories = categoriesOf(styles)
  const fixed = [
    { filter: 'all', icon: LayoutGrid, label: t('all') },
    { filter: 'recent', icon: Clock, label: t('recent') },
    { filter: 'favourites', icon: Heart, label: t('favourites') },
  ] as const
  const count = (one: StyleFilter) =>
    new Set(sectionsOf(styles, { query: '', filter: one, category }).flatMap((section) => section.styles))
      .size
  const row = (one: StyleFilter, label: string, icon?: React.ReactNode) => {
    const isOn = one === filter
    return (
      <button
        key={label}
        type="button"
        aria-pressed={isOn}
        onClick={() => onChoose(one)}
        className={cn(
          'flex h-[34px] shrink-0 items-center gap-2.5 rounded-s px-2.5 text-left text-14 font-medium whitespace-nowrap phone:h-11',
          isOn ? 'bg-hover text-text' : 'text-text-2 hover:bg-hover',
        )}
      >
        {icon}
        <bdi>{label}</bdi>
        <span className="ml-auto text-12 text-text-3 phone:hidden">{count(one)}</span>
      </button>
    )
  }
  return (
    <nav
      aria-label={t('categories')}
      className="no-scrollbar flex w-[172px] shrink-0 flex-col overflow-y-auto border-r border-line pr-3 phone:w-full phone:flex-row phone:gap-1 phone:overflow-x-auto phone:border-0 phone:pr-0"
    >
      {fixed.map(({ filter: one, icon: Icon, label }) =>
        row(one, label, <Icon aria-hidden className="size-4 text-text-3" />),
      )}
      {categories.length > 0 && (
        <h3 className="mx-2.5 mt-4 mb-1.5 text-12 font-medium text-text-3 phone:hidden">{t('categories')}</h3>
      )}
      {categories.map((name) => row(`category:${name}`, category(name)))}
    </nav>
  )
}
