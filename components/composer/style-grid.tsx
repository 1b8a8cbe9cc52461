import { Check, Heart, Palette } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import type { Section } from '@/components/composer/style-sections'
import { Thumb } from '@/components/ui/thumb'
import { useLocale } from '@/components/intl'
import { useCategoryName } from '@/components/styles/use-category-name'
import { cn } from '@/components/ui/cn'
import { useStyleFavourite } from '@/lib/styles/changes'
import type { Style } from '@/lib/styles/schema'
import { nameOf } from '@/lib/styles/style-name'
import { shortcutOf } from '@/lib/text/shortcut'

type GridProps = {
  sections: readonly Section[]
  chosen: number | undefined
  onPoint: (style: Style) => void
  onUse: (styleId: number) => void
}

/** Arrow keys walk the grid by what stands beside and below on the screen; Enter uses a style, F makes it a favourite. */
export function StyleGrid({ sections, chosen, onPoint, onUse }: GridProps) {
  const t = useTranslations('create.picker')
  const { team } = useComposer()
  const grid = useRef<HTMLDivElement>(null)
  const favour = useStyleFavourite(team)
  const titles = {
    recent: t('recent'),
    all: t('allStyles'),
    found: t('found', { count: sections[0]?.styles.length ?? 0 }),
  }
  function onKeyDown(event: React.KeyboardEvent) {
    const target =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role=option]') : null
    if (!target || !grid.current) return
    const options = [...grid.current.querySelectorAll<HTMLElement>('[role=option]')]
    const next = neighbour(options, target, shortcutOf(event.nativeEvent) ?? '')
    if (next) {
      event.preventDefault()
      next.focus()
    }
  }
  return (
    <div ref={grid} data-style-grid role="listbox" aria-label={t('title')} onKeyDown={onKeyDown}>
      {sections.map(({ kind, styles }) => (
        <div key={kind} role="group" aria-label={kind === 'filtered' ? undefined : titles[kind]}>
          {kind !== 'filtered' && (
            <div aria-hidden className="pt-4 pb-2.5 text-13 font-semibold text-text-2">
              {titles[kind]}
            </div>
          )}
          <div className="grid grid-cols-5 gap-x-3 gap-y-4 pt-1 max-[1180px]:grid-cols-4 phone:grid-cols-3">
            {styles.map((style) => (
              <StyleTile
                key={style.id}
                style={style}
                isChosen={style.styleId === chosen}
                onPoint={() => onPoint(style)}
                onUse={() => onUse(style.styleId)}
                onFavour={() => favour.mutate({ id: style.id, favourite: !style.favourite })}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}

type TileProps = {
  style: Style
  isChosen: boolean
  onPoint: () => void
  onUse: () => void
  onFavour: () => void
}

function StyleTile({ style, isChosen, onPoint, onUse, onFavour }: TileProps) {
  const t = useTranslations('create.picker')
  const locale = useLocale()
  const category = useCategoryName()
  const onKeyDown = (event: React.KeyboardEvent) => {
    const shortcut = shortcutOf(event.nativeEvent)
    if (shortcut === 'Enter' || shortcut === ' ') {
      event.preventDefault()
      onUse()
    } else if (shortcut === 'F') onFavour()
  }
  return (
    <div className="group relative min-w-0">
      <div
        role="option"
        aria-selected={isChosen}
        tabIndex={0}
        onClick={onUse}
        onKeyDown={onKeyDown}
        onFocus={onPoint}
        onPointerEnter={onPoint}
        className="cursor-pointer rounded-m outline-none"
      >
        <span className="relative mb-2 grid aspect-square place-items-center rounded-m bg-skeleton text-text-3 in-focus-visible:outline-2 in-focus-visible:outline-offset-2 in-focus-visible:outline-focus">
          {style.thumbnailUrl ? (
            <Thumb src={style.thumbnailUrl} className="size-full rounded-m" />
          ) : (
            <Palette aria-hidden className="size-6" />
          )}
          {isChosen && (
            <span className="absolute top-2 left-2 grid size-6 place-items-center rounded-full bg-gold text-gold-ink">
              <Check aria-label={t('chosen')} className="size-[15px]" strokeWidth={3} />
            </span>
          )}
        </span>
        <b dir="auto" className="block truncate text-13 font-medium">
          {nameOf(style, locale)}
        </b>
        <small dir="auto" className="block truncate text-12 text-text-3">
          {[style.superCategory, style.mainCategory].filter(Boolean).map(category).join(' · ')}
        </small>
      </div>
      {/* A list of options holds nothing but options: for the hand alone; the key F does the same, and the styles page. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        title={t(style.favourite ? 'unfavourite' : 'favourite')}
        onClick={onFavour}
        className={cn(
          'touch absolute! top-2 right-2 grid size-6 place-items-center rounded-full bg-image-badge text-on-image',
          !style.favourite &&
            'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 phone:opacity-70',
        )}
      >
        <Heart aria-hidden className={cn('size-[13px]', style.favourite && 'fill-current')} />
      </button>
    </div>
  )
}

/** The option to go to from `from`; up and down by place on the screen, as rows may be of different length. */
function neighbour(options: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = options.indexOf(from)
  if (key === 'ArrowRight') return options[at + 1]
  if (key === 'ArrowLeft') return options[at - 1]
  if (key === 'Home') return options[0]
  if (key === 'End') return options.at(-1)
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const here = from.getBoundingClientRect()
  const isDown = key === 'ArrowDown'
  const rows = options
    .map((option) => ({ option, box: option.getBoundingClientRect() }))
    .filter(({ box }) => (isDown ? box.top > here.top + 4 : box.top < here.top - 4))
  const tops = rows.map(({ box }) => box.top)
  const top = isDown ? Math.min(...tops) : Math.max(...tops)
  return rows
    .filter(({ box }) => Math.abs(box.top - top) < 4)
    .sort((a, b) => Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left))[0]?.option
}
