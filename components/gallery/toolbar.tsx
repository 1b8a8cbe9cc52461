import { useQuery } from '@tanstack/react-query'
import { Search, Trash2, X } from 'lucide-react'
import { useEffect, useRef, type Ref } from 'react'
import { useTranslations } from 'use-intl/react'
import { FilterChips } from '@/components/gallery/filter-chips'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { LimitedInput } from '@/components/ui/limited-input'
import { Link } from '@/components/ui/link'
import { useTyped } from '@/components/ui/use-typed'
import { imageQueries } from '@/lib/images/client'
import { TEXT_MAX } from '@/lib/images/filters'
import type { ImageFilters } from '@/lib/images/schema'

const TYPING_MS = 250

type ToolbarProps = {
  team: string
  filters: ImageFilters
  onFilter: (change: Partial<ImageFilters>) => void
  isSelecting: boolean
  onSelect: () => void
  canTrash: boolean
  searchRef: Ref<HTMLInputElement>
}

/** Search and filters; what they say is in the address. */
export function Toolbar({
  team,
  filters,
  onFilter,
  isSelecting,
  onSelect,
  canTrash,
  searchRef,
}: ToolbarProps) {
  const t = useTranslations('gallery')
  return (
    <div className="sticky top-(--bar-height) z-10 flex flex-wrap items-center gap-2 bg-bg px-5 py-2.5 phone:static phone:px-4">
      <SearchField text={filters.q ?? ''} onSearch={(q) => onFilter({ q: q || undefined })} ref={searchRef} />
      <div
        role="group"
        aria-label={t('filters')}
        className="no-scrollbar flex min-w-0 flex-1 gap-1.5 p-1 phone:order-1 phone:-mx-4 phone:basis-[calc(100%+32px)] phone:overflow-x-auto phone:px-4"
      >
        <FilterChips team={team} filters={filters} onFilter={onFilter} />
      </div>
      <Total team={team} filters={filters} />
      {canTrash && (
        <Link
          href={`/t/${team}/trash`}
          aria-label={t('trash')}
          data-tip={t('trash')}
          className="grid size-9 place-items-center rounded-m text-text-2 hover:bg-hover hover:text-text phone:size-11"
        >
          <Trash2 aria-hidden className="size-[18px]" />
        </Link>
      )}
      <Button onClick={onSelect} aria-pressed={isSelecting}>
        {t('select')}
      </Button>
    </div>
  )
}

/** How many images the grid shows from its beginning to its end. */
function Total({ team, filters }: { team: string; filters: ImageFilters }) {
  const t = useTranslations('gallery')
  const { data } = useQuery(imageQueries.counts(team, filters))
  const { until } = filters
  const shown = data?.months.filter(({ month }) => !until || month <= until)
  const count = shown?.reduce((sum, month) => sum + month.count, 0)
  return (
    <span role="status" className="hidden text-13 whitespace-nowrap text-text-3 wide:inline">
      {count !== undefined && t('dayCount', { count })}
    </span>
  )
}

type SearchFieldProps = { text: string; onSearch: (text: string) => void; ref: Ref<HTMLInputElement> }

/** Searches while one types; a syllable that is still being composed waits. */
function SearchField({ text, onSearch, ref }: SearchFieldProps) {
  const t = useTranslations('gallery')
  const [typed, setTyped] = useTyped(text)
  const timer = useRef<number>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const plan = (next: string, isComposing: boolean) => {
    setTyped(next)
    clearTimeout(timer.current)
    if (!isComposing) timer.current = window.setTimeout(() => onSearch(next.trim()), TYPING_MS)
  }
  const searchNow = () => {
    clearTimeout(timer.current)
    if (typed.trim() !== text) onSearch(typed.trim())
  }
  return (
    <form
      role="search"
      className="w-66 phone:w-auto phone:min-w-0 phone:flex-1"
      onSubmit={(event) => {
        event.preventDefault()
        searchNow()
      }}
    >
      <LimitedInput
        ref={ref}
        type="search"
        value={typed}
        enterKeyHint="search"
        aria-label={t('searchLabel')}
        placeholder={t('search')}
        className="h-9! phone:h-11! [&_input::-webkit-search-cancel-button]:hidden"
        before={<Search aria-hidden className="size-4 shrink-0 text-text-3" />}
        after={
          typed ? (
            <IconButton
              label={t('clear')}
              size="s"
              tip="none"
              onClick={({ currentTarget }) => {
                plan('', false)
                currentTarget.closest('form')?.querySelector('input')?.focus()
              }}
            >
              <X className="size-4" />
            </IconButton>
          ) : (
            <span aria-hidden className="phone:hidden">
              <Kbd>/</Kbd>
            </span>
          )
        }
        limit={TEXT_MAX}
        onText={plan}
        onBlur={searchNow} // later, the change of the address would undo the link that was pressed
      />
    </form>
  )
}
