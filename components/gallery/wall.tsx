import { useMemo, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { useFormatter, useTimeZone, useTranslations } from 'use-intl/react'
import { Tile, type TileActs } from '@/components/gallery/tile'
import { useMeasures } from '@/components/gallery/use-measures'
import type { Selection } from '@/components/gallery/use-selection'
import { useShownRows } from '@/components/gallery/use-shown-rows'
import { imagePath } from '@/components/image/address'
import { aspectOf, layOut, stepFrom, type DayRow, type Row, type Step } from '@/lib/images/rows'
import type { Image } from '@/lib/images/schema'

/** So many pictures the browser lays out by itself; beyond, only what is seen is drawn. */
const DRAWN_AT_ONCE = 60
const EAGER = 12

const steps: Record<string, Step> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

export type WallProps = {
  team: string
  /** What the address carries of the filters, for the pictures' own addresses. */
  search: string
  pictures: readonly Image[]
  hasMore: boolean
  selection: Selection
  acts: TileActs
  focusedId: string | null
  children?: ReactNode
}

/** Justified rows in strict order of time, with a line above each day of the team's time zone. */
export function Wall(props: WallProps) {
  const { pictures, acts } = props
  const ref = useRef<HTMLDivElement>(null)
  const measures = useMeasures(ref)
  const dayOf = useDayOf()
  const layout = useMemo(
    () => (measures ? layOut(pictures, dayOf, measures) : null),
    [pictures, dayOf, measures],
  )
  const isWindowed = layout !== null && pictures.length > DRAWN_AT_ONCE
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const id = event.target instanceof HTMLElement ? event.target.dataset.image : undefined
    if (!step || !id || !layout || event.shiftKey || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    const index = stepFrom(
      layout.rows,
      pictures.findIndex((picture) => picture.id === id),
      step,
    )
    const next = pictures[index]
    if (!next) return
    acts.onFocus(next.id)
    focusPicture(ref.current, layout.rows, next.id, index)
  }
  return (
    <div ref={ref} onKeyDown={onKeyDown} className="mx-5 phone:mx-1">
      {isWindowed ? (
        <WindowedWall {...props} rows={layout.rows} height={layout.height} />
      ) : (
        <WholeWall {...props} dayOf={dayOf} />
      )}
      {props.children}
    </div>
  )
}

/** The row may not be drawn yet: scrolling draws it, and the next frame finds it. */
function focusPicture(wall: HTMLElement | null, rows: readonly Row[], id: string, index: number): void {
  const find = () => wall?.querySelector<HTMLElement>(`[data-image="${id}"]`)
  const focus = (element: HTMLElement) => {
    element.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'nearest' })
  }
  const there = find()
  if (there) return focus(there)
  const row = rows.find(
    (one) => one.kind === 'pictures' && index >= one.from && index < one.from + one.boxes.length,
  )
  const top = wall?.getBoundingClientRect().top ?? 0
  window.scrollTo({ top: window.scrollY + top + (row?.top ?? 0) - window.innerHeight / 2 })
  requestAnimationFrame(() => requestAnimationFrame(() => focus(find() ?? document.body)))
}

function useDayOf(): (picture: Image) => string {
  const timeZone = useTimeZone()
  return useMemo(() => dayIn(timeZone), [timeZone])
}

/** The day of a picture in that time zone, as 2026-11-22; asked for thousands of pictures, so it remembers. */
function dayIn(timeZone: string | undefined): (picture: Image) => string {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const known = new Map<string, string>()
  return ({ createdAt }) => {
    const day = known.get(createdAt) ?? days.format(new Date(createdAt))
    known.set(createdAt, day)
    return day
  }
}

function tileOf(props: WallProps, image: Image, index: number) {
  const { team, search, acts, selection, focusedId, pictures } = props
  return {
    image,
    href: imagePath(team, image.id, search),
    acts,
    isSelecting: selection.isOn,
    isPicked: selection.has(image.id),
    isStop:
      focusedId === null || !pictures.some(({ id }) => id === focusedId)
        ? index === 0
        : focusedId === image.id,
    isEager: index < EAGER,
  }
}

function WholeWall(props: WallProps & { dayOf: (picture: Image) => string }) {
  const { pictures, hasMore, dayOf } = props
  const days = new Map<string, { image: Image; index: number }[]>()
  for (const [index, image] of pictures.entries()) {
    const day = dayOf(image)
    days.set(day, [...(days.get(day) ?? []), { image, index }])
  }
  const last = [...days.keys()].at(-1)
  return [...days].map(([day, items]) => (
    <section key={day} className="group/day">
      <DayLine
        day={items[0]?.image.createdAt ?? day}
        count={hasMore && day === last ? null : items.length}
        className="pt-6 group-first/day:pt-0 phone:pt-2"
      />
      <div role="list" className="gallery-row">
        {items.map(({ image, index }) => (
          <Tile
            key={image.id}
            {...tileOf(props, image, index)}
            isDrawn={false}
            // a value that the style sheet reads
            style={{ '--aspect': aspectOf(image).toFixed(4) } as CSSProperties}
          />
        ))}
      </div>
    </section>
  ))
}

function WindowedWall(props: WallProps & { rows: readonly Row[]; height: number }) {
  const { rows, height, pictures, hasMore } = props
  const ref = useRef<HTMLDivElement>(null)
  const { from, to } = useShownRows(ref, rows)
  return (
    <div ref={ref} role="list" className="relative" style={{ height }}>
      {rows.slice(from, to).map((row) =>
        row.kind === 'day' ? (
          <DayLine
            key={row.key}
            day={pictures[row.from]?.createdAt ?? row.day}
            count={hasMore && row.to === pictures.length ? null : countOf(row)}
            style={{ position: 'absolute', top: row.top, height: row.height }}
            className="items-end"
          />
        ) : (
          row.boxes.map((box, place) => {
            const image = pictures[row.from + place]
            return (
              image && (
                <Tile
                  key={image.id}
                  {...tileOf(props, image, row.from + place)}
                  isDrawn
                  style={{ position: 'absolute', top: row.top, height: row.height, ...box }}
                />
              )
            )
          })
        ),
      )}
    </div>
  )
}

const countOf = ({ from, to }: DayRow) => to - from

type DayLineProps = { day: string; count: number | null; className?: string; style?: CSSProperties }

function DayLine({ day, count, className, style }: DayLineProps) {
  const t = useTranslations('gallery')
  const format = useFormatter()
  return (
    <div style={style} className={`gallery-day flex items-baseline gap-2.5 phone:px-3 ${className ?? ''}`}>
      <h2 className="text-15 font-semibold">
        {format.dateTime(new Date(day), { weekday: 'long', year: 'numeric', month: 'short', day: 'numeric' })}
      </h2>
      {count !== null && <span className="text-13 text-text-3">{t('dayCount', { count })}</span>}
    </div>
  )
}
