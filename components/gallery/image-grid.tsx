import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useFormatter, useTimeZone, useTranslations } from 'use-intl/react'
import {
  aspectOf,
  layOut,
  rowWith,
  sectionsOf,
  stepFrom,
  type Row,
  type Step,
} from '@/components/gallery/layout'
import { Tile } from '@/components/gallery/tile'
import type { TileActs } from '@/components/gallery/tile-acts'
import { useKeptPlace } from '@/components/gallery/use-kept-place'
import { useMeasures } from '@/components/gallery/use-measures'
import type { Selection } from '@/components/gallery/use-selection'
import { useShownRows } from '@/components/gallery/use-shown-rows'
import { imagePath } from '@/components/images/address'
import type { previewOf } from '@/components/images/preview'
import { cn } from '@/components/ui/cn'
import type { Image } from '@/lib/images/schema'
import { shortcutOf } from '@/lib/text/shortcut'

/** So many images the browser lays out by itself; beyond, only what is seen is drawn. */
const DRAWN_AT_ONCE = 60
const EAGER = 12

const steps: Record<string, Step> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

export type ImageGridProps = {
  team: string
  /** What the address carries of the filters, for the images' own addresses. */
  search: string
  images: readonly Image[]
  hasMore: boolean
  selection: Selection
  acts: TileActs
  focusedId: string | null
  children?: ReactNode
}

/** With the one image that Tab stops at. */
type DrawnProps = ImageGridProps & { stopId: string | undefined }

/** Justified rows in strict order of time, with a line above each day of the team's time zone. */
export function ImageGrid(props: ImageGridProps) {
  const { images, acts } = props
  const ref = useRef<HTMLDivElement>(null)
  const measures = useMeasures(ref)
  const dayOf = useDayOf()
  const layout = useMemo(() => (measures ? layOut(images, dayOf, measures) : null), [images, dayOf, measures])
  const stopId = images.find(({ id }) => id === props.focusedId)?.id ?? images[0]?.id
  const isWindowed = layout !== null && images.length > DRAWN_AT_ONCE
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[shortcutOf(event.nativeEvent) ?? '']
    const id = event.target instanceof HTMLElement ? event.target.dataset.image : undefined
    if (!step || !id || !layout) return
    event.preventDefault()
    const index = stepFrom(
      layout.rows,
      images.findIndex((image) => image.id === id),
      step,
    )
    const next = images[index]
    if (!next) return
    acts.onFocus(next.id)
    focusImage(ref.current, layout.rows, next.id, index)
  }
  return (
    <div ref={ref} onKeyDown={onKeyDown} className="mx-5 [overflow-anchor:none] phone:mx-1">
      {isWindowed ? (
        <WindowedGrid {...props} stopId={stopId} rows={layout.rows} height={layout.height} />
      ) : (
        <WholeGrid {...props} stopId={stopId} dayOf={dayOf} />
      )}
      {props.children}
    </div>
  )
}

/** The row may not be drawn yet: scrolling draws it, and the next frame finds it. */
function focusImage(grid: HTMLElement | null, rows: readonly Row[], id: string, index: number): void {
  const find = () => grid?.querySelector<HTMLElement>(`[data-image="${id}"]`)
  const focus = (element: HTMLElement) => {
    element.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'nearest' })
  }
  const there = find()
  if (there) return focus(there)
  const row = rowWith(rows, index)
  const top = grid?.getBoundingClientRect().top ?? 0
  window.scrollTo({ top: window.scrollY + top + (row?.top ?? 0) - window.innerHeight / 2 })
  requestAnimationFrame(() => requestAnimationFrame(() => focus(find() ?? document.body)))
}

function useDayOf(): (image: Image) => string {
  const timeZone = useTimeZone()
  return useMemo(() => dayIn(timeZone), [timeZone])
}

/** The day of an image in that time zone, as 2026-11-22; asked for thousands of images, so it remembers. */
function dayIn(timeZone: string | undefined): (image: Image) => string {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const known = new Map<string, string>()
  return ({ createdAt }) => {
    const day = known.get(createdAt) ?? days.format(new Date(createdAt))
    known.set(createdAt, day)
    return day
  }
}

function tileOf(props: DrawnProps, image: Image, index: number) {
  const { team, search, acts, selection, stopId } = props
  return {
    team,
    image,
    href: imagePath(team, image.id, search),
    acts,
    isSelecting: selection.isOn,
    isPicked: selection.has(image.id),
    isStop: stopId === image.id,
    isEager: index < EAGER,
  }
}

function WholeGrid(props: DrawnProps & { dayOf: (image: Image) => string }) {
  const { images, hasMore, dayOf } = props
  const days = new Map<string, { image: Image; index: number }[]>()
  for (const [index, image] of images.entries()) {
    const day = dayOf(image)
    days.set(day, [...(days.get(day) ?? []), { image, index }])
  }
  const last = [...days.keys()].at(-1)
  return [...days].map(([day, items]) => (
    <section key={day}>
      <DayLine
        day={items[0]?.image.createdAt ?? day}
        count={hasMore && day === last ? null : items.length}
        isFirst={items[0]?.index === 0}
      />
      <div role="list" className="gallery-row">
        {items.map(({ image, index }) => (
          <Tile
            key={image.id}
            {...tileOf(props, image, index)}
            // a value that the style sheet reads
            style={{ '--aspect': aspectOf(image).toFixed(4) } as CSSProperties}
          />
        ))}
      </div>
    </section>
  ))
}

function WindowedGrid(props: DrawnProps & { rows: readonly Row[]; height: number }) {
  const { rows, height, images, hasMore, search } = props
  const ref = useRef<HTMLDivElement>(null)
  const shown = useShownRows(ref, rows)
  const draw = usePreviews()
  useKeptPlace({ ref, rows, images, list: search })
  return (
    <div ref={ref} className="relative" style={{ height }}>
      {sectionsOf(rows, shown).map(({ day, rows: drawn }) => (
        <section
          key={day.key}
          className="absolute inset-x-0"
          style={{ top: day.top, height: day.bottom - day.top }}
        >
          <DayLine
            day={images[day.from]?.createdAt ?? day.day}
            count={hasMore && day.to === images.length ? null : day.to - day.from}
            isFirst={day.from === 0}
          />
          <div role="list">
            {drawn.flatMap((row) =>
              row.boxes.map((box, place) => {
                const image = images[row.from + place]
                return (
                  image && (
                    <Tile
                      key={image.id}
                      {...tileOf(props, image, row.from + place)}
                      draw={draw}
                      style={{ position: 'absolute', top: row.top - day.top, height: row.height, ...box }}
                    />
                  )
                )
              }),
            )}
          </div>
        </section>
      ))}
    </div>
  )
}

/** What draws previews; it comes after the grid, which does with colours until then. */
function usePreviews(): typeof previewOf | undefined {
  const [draw, setDraw] = useState<typeof previewOf>()
  useEffect(
    () => void import('@/components/images/preview').then((module) => setDraw(() => module.previewOf)),
    [],
  )
  return draw
}

type DayLineProps = { day: string; count: number | null; isFirst: boolean }

/** Stays below the bars while its day is looked at. */
function DayLine({ day, count, isFirst }: DayLineProps) {
  const t = useTranslations('gallery')
  const format = useFormatter()
  const moment = new Date(day)
  return (
    <div className={cn('gallery-day', isFirst && 'is-first')}>
      <h2 className="text-15 font-semibold">
        {t('day', {
          weekday: format.dateTime(moment, { weekday: 'long' }),
          date: format.dateTime(moment, { dateStyle: 'medium' }),
        })}
      </h2>
      {count !== null && <span className="text-13 text-text-3">{t('dayCount', { count })}</span>}
    </div>
  )
}
