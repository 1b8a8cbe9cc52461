'use client'
import '@/components/gallery/gallery.css'
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Toolbar } from '@/components/gallery/toolbar'
import { useImages } from '@/components/gallery/use-images'
import type { TileActs } from '@/components/gallery/tile-acts'
import { useSelection, type Selection } from '@/components/gallery/use-selection'
import { ImageGrid } from '@/components/gallery/image-grid'
import { useChanges } from '@/components/images/use-changes'
import { canGenerate, canMark, type Viewer } from '@/components/images/viewer'
import { hasOpenLayer, isWriting } from '@/components/shell/overlays'
import { hasSingleKeys } from '@/components/shell/preferences'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { onDemand } from '@/components/ui/on-demand'
import type { Marking } from '@/lib/images/client'
import { hasFilters, readFilters, writeFilters } from '@/lib/images/filters'
import type { ImageFilters } from '@/lib/images/schema'
import { shortcutOf } from '@/lib/text/shortcut'

const GalleryState = onDemand(() =>
  import('@/components/gallery/gallery-state').then((module) => module.GalleryState),
)
const SelectionBar = onDemand(() =>
  import('@/components/gallery/selection-bar').then((module) => module.SelectionBar),
)

/** All images of the team, newest first. */
export function Gallery({ team, viewer }: { team: string; viewer: Viewer }) {
  const t = useTranslations('gallery')
  const search = useSearchParams()
  const filters = readFilters(search)
  const address = writeFilters(filters)
  const query = useImages(team, filters)
  const { images } = query
  const selection = useSelection(images)
  const [focusedId, setFocused] = useState<string | null>(null)
  const { mark, trash: throwAway } = useChanges(team)
  const acts = useTileActs({ ...selection, mark }, { viewer, onFocus: setFocused })
  const trash = (ids: string[]) => throwAway(ids, selection.drop)
  const searchRef = useRef<HTMLInputElement>(null)
  const path = usePathname()
  const isCovered = !path.endsWith('/gallery')
  const onFilter = (change: Partial<ImageFilters>) => {
    // a search that was typed a moment ago must not bring back what the filters were then
    const { pathname, search: now } = window.location
    const next = writeFilters({ ...readFilters(new URLSearchParams(now)), ...change })
    window.history.replaceState(null, '', `${pathname}${next}`)
    window.scrollTo({ top: 0, behavior: 'instant' })
  }
  useGalleryKeys({
    isCovered,
    search: () => searchRef.current?.focus(),
    end: selection.isOn ? selection.end : undefined,
    pick: selection.toggle,
    mark: canMark(viewer) ? (id) => mark(idsFor(id, images, selection)) : undefined,
    trash: canMark(viewer) ? (id) => trash(idsFor(id, images, selection).ids) : undefined,
  })
  return (
    <main>
      <h1 className="sr-only">{t('title')}</h1>
      <Toolbar
        team={team}
        filters={filters}
        onFilter={onFilter}
        isSelecting={selection.isOn}
        onSelect={selection.isOn ? selection.end : selection.begin}
        canTrash={canMark(viewer)}
        searchRef={searchRef}
      />
      {images.length > 0 && (
        <div className="pb-30" aria-busy={query.isPlaceholderData}>
          <ImageGrid
            team={team}
            search={address}
            images={images}
            hasMore={query.hasNextPage}
            selection={selection}
            acts={acts}
            focusedId={focusedId}
          >
            <MoreOfIt key={address} query={query} />
          </ImageGrid>
        </div>
      )}
      {images.length === 0 && (
        <GalleryState
          team={team}
          query={query}
          isFiltered={hasFilters(filters)}
          onShowAll={() => window.history.replaceState(null, '', path)}
        />
      )}
      {selection.isOn && (
        <SelectionBar team={team} viewer={viewer} selection={selection} onMark={mark} onTrash={trash} />
      )}
    </main>
  )
}

/** Stays the same between renders, so that tiles that did not change are not drawn again. */
function useTileActs(
  { toggle, extend, mark }: Pick<Selection, 'toggle' | 'extend'> & { mark: (marking: Marking) => void },
  { viewer, onFocus }: { viewer: Viewer; onFocus: (id: string) => void },
): TileActs {
  const latest = useRef({ toggle, extend, mark })
  useEffect(() => {
    latest.current = { toggle, extend, mark }
  })
  const [acts] = useState(() => ({
    onPick: (id: string, isRange: boolean) =>
      isRange ? latest.current.extend(id) : latest.current.toggle(id),
    onFocus,
    onMark: canMark(viewer) ? (marking: Marking) => latest.current.mark(marking) : undefined,
    canGenerate: canGenerate(viewer),
  }))
  return acts
}

type Marked = { id: string; favourite: boolean }

/** The picked images, or else the one in focus, and which way to mark them. */
function idsFor(
  id: string,
  images: readonly Marked[],
  { isOn, picked }: { isOn: boolean; picked: Marked[] },
) {
  const meant = isOn && picked.length > 0 ? picked : images.filter((one) => one.id === id)
  return { ids: meant.map((one) => one.id), favourite: !meant.every((one) => one.favourite) }
}

type Keys = {
  isCovered: boolean
  search: () => void
  end?: () => void
  pick: (id: string) => void
  mark?: (id: string) => void
  trash?: (id: string) => void
}

function useGalleryKeys({ isCovered, search, end, pick, mark, trash }: Keys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isCovered || isWriting(event) || hasOpenLayer()) return
    const id =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset.image : undefined
    const single = hasSingleKeys()
    const act = {
      '/': search,
      Escape: end,
      ...(id && { Delete: trash && (() => trash(id)) }),
      ...(id && single && { X: () => pick(id), F: mark && (() => mark(id)) }),
    }[shortcutOf(event) ?? '']
    if (!act) return
    event.preventDefault()
    act()
  })
  useLayoutEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
