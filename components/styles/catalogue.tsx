'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus, Upload } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { FilterTabs, useStyleFilter } from '@/components/styles/filter-tabs'
import { StyleCard, type StyleAct } from '@/components/styles/style-card'
import { useStyleWords } from '@/components/styles/style-words'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { SearchInput } from '@/components/ui/search-input'
import { Notice } from '@/components/ui/notice'
import { onDemand } from '@/components/ui/on-demand'
import { errorKey } from '@/lib/platform/api-client'
import { styleQueries } from '@/lib/styles/client'
import { filterStyles } from '@/lib/styles/filter'
import type { Style } from '@/lib/styles/schema'

const StyleForm = onDemand(() => import('@/components/styles/style-form').then((module) => module.StyleForm))
const ThumbnailDialog = onDemand(() =>
  import('@/components/styles/thumbnail-dialog').then((module) => module.ThumbnailDialog),
)
const ImportDialog = onDemand(() =>
  import('@/components/styles/import-dialog').then((module) => module.ImportDialog),
)

type Open = { kind: 'add' | 'import' } | { kind: StyleAct; style: Style } | null
type CatalogueProps = { team: string; canEdit: boolean; canFavour: boolean }

/** The team's styles: to look through and favour; for admins also to add, edit, hide and import. */
export function Catalogue({ team, canEdit, canFavour }: CatalogueProps) {
  const t = useTranslations('styles')
  const [open, setOpen] = useState<Open>(null)
  const [query, setQuery] = useState('')
  const styles = useQuery(styleQueries.list(team, { withHidden: canEdit }))
  const items = styles.data?.items ?? []
  return (
    <main className="mx-auto max-w-[1400px] px-8 pt-8 pb-20 phone:px-4 phone:pt-5">
      <header className="flex items-end gap-6 phone:flex-col phone:items-stretch phone:gap-4">
        <div className="min-w-0 flex-1">
          <h1 className="text-24 font-semibold">{t('title')}</h1>
          <p className="mt-1 max-w-[66ch] text-text-2">{t('lead')}</p>
        </div>
        {canEdit && (
          <div className="flex gap-2">
            <Button onClick={() => setOpen({ kind: 'import' })}>
              <Upload aria-hidden className="size-4" />
              {t('import')}
            </Button>
            <Button onClick={() => setOpen({ kind: 'add' })}>
              <Plus aria-hidden className="size-4" />
              {t('add')}
            </Button>
          </div>
        )}
      </header>
      {styles.error && items.length === 0 ? (
        <LoadFailed error={styles.error} onRetry={() => void styles.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState title={t('none.title')}>{t(canEdit ? 'none.text' : 'none.member')}</EmptyState>
      ) : (
        <>
          <div className="mt-6 flex items-center gap-3 phone:flex-col phone:items-stretch">
            <SearchInput
              label={t('search')}
              value={query}
              onText={setQuery}
              className="max-w-80 shrink-0 phone:max-w-none"
            />
            <FilterTabs styles={items} canEdit={canEdit} />
          </div>
          <Grid
            styles={items}
            query={query}
            {...{ team, canEdit, canFavour }}
            onAct={(kind, style) => setOpen({ kind, style })}
            onClear={() => setQuery('')}
          />
        </>
      )}
      <Opened team={team} open={open} onClose={() => setOpen(null)} />
    </main>
  )
}

function Opened({ team, open, onClose }: { team: string; open: Open; onClose: () => void }) {
  const shared = { team, onClose }
  return (
    <>
      {open?.kind === 'add' && <StyleForm {...shared} />}
      {open?.kind === 'edit' && <StyleForm {...shared} style={open.style} />}
      {open?.kind === 'thumbnail' && <ThumbnailDialog {...shared} style={open.style} />}
      {open?.kind === 'import' && <ImportDialog {...shared} />}
    </>
  )
}

type GridProps = CatalogueProps & {
  styles: Style[]
  query: string
  onAct: (act: StyleAct, style: Style) => void
  onClear: () => void
}

function Grid({ styles, query, onAct, onClear, ...rights }: GridProps) {
  const t = useTranslations('styles')
  const words = useStyleWords()
  const [filter, setFilter] = useStyleFilter()
  const shown = filterStyles(styles, { filter, query: useDeferredValue(query), category: words.category })
  const clear = () => {
    onClear()
    setFilter('all')
  }
  if (shown.length === 0) {
    return (
      <EmptyState title={t('noMatch.title')} actions={<Button onClick={clear}>{t('noMatch.clear')}</Button>}>
        {t('noMatch.text')}
      </EmptyState>
    )
  }
  return (
    <>
      <p role="status" className="mt-5 mb-3 text-13 text-text-3">
        {t('count', { count: shown.length })}
      </p>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(176px,1fr))] gap-x-4 gap-y-6 phone:grid-cols-2 phone:gap-x-2.5">
        {shown.map((style) => (
          <StyleCard key={style.id} style={style} {...rights} onAct={(act) => onAct(act, style)} />
        ))}
      </ul>
    </>
  )
}

function LoadFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations('styles')
  const c = useTranslations('common')
  return (
    <Notice
      className="mt-8"
      title={t('loadFailed')}
      actions={<Button onClick={onRetry}>{c('retry')}</Button>}
    >
      {c(errorKey(error))}
    </Notice>
  )
}
