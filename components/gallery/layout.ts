export type Shape = { width: number; height: number }

/** A grid of images: rows of one height that fill the width, in strict order, with a line above each day. Pixels. */
export type Measures = {
  width: number
  rowHeight: number
  gap: number
  dayHeight: number
  firstDayHeight: number
}
export type Box = { left: number; width: number }
export type DayRow = {
  kind: 'day'
  key: string
  top: number
  height: number
  day: string
  from: number
  to: number
  /** Where its last row of images ends. */
  bottom: number
}
export type ImageRow = {
  kind: 'images'
  key: string
  top: number
  height: number
  from: number
  boxes: Box[]
}
export type Row = DayRow | ImageRow
/** A day with those of its rows that are drawn. */
export type Section = { day: DayRow; rows: ImageRow[] }

const MIN_ASPECT = 0.4
const MAX_ASPECT = 2.4

/** Width by height, within what a row can bear. */
export function aspectOf({ width, height }: Shape): number {
  return width > 0 && height > 0 ? Math.min(MAX_ASPECT, Math.max(MIN_ASPECT, width / height)) : 1
}

/**
 * Where everything stands. Breaks rows exactly as a wrapping flex box does whose items ask for `aspect × rowHeight` and
 * grow by aspect, so that the first page, laid out by the browser alone, does not move when this takes over.
 */
export function layOut<T extends Shape>(
  images: readonly T[],
  dayOf: (image: T) => string,
  measures: Measures,
): { rows: Row[]; height: number } {
  const rows: Row[] = []
  let top = 0
  for (let from = 0; from < images.length;) {
    const to = endOfDay(images, dayOf, from)
    const height = from === 0 ? measures.firstDayHeight : measures.dayHeight
    const first = images[from]
    const day = first ? dayOf(first) : ''
    const line: DayRow = { kind: 'day', key: `day ${day}`, top, height, day, from, to, bottom: 0 }
    rows.push(line)
    top += height
    for (const row of rowsOfDay(images, { from, to }, measures)) {
      rows.push({ ...row, top })
      top += row.height + measures.gap
    }
    top -= measures.gap
    line.bottom = top
    from = to
  }
  return { rows, height: top }
}

function endOfDay<T extends Shape>(images: readonly T[], dayOf: (image: T) => string, from: number): number {
  const first = images[from]
  const day = first && dayOf(first)
  let to = from + 1
  for (let next = images[to]; next && dayOf(next) === day; next = images[to]) to += 1
  return to
}

type Part = { from: number; to: number }

function rowsOfDay(images: readonly Shape[], { from, to }: Part, measures: Measures): ImageRow[] {
  const { width, rowHeight, gap } = measures
  const rows: ImageRow[] = []
  let start = from
  let used = 0
  for (let index = from; index < to; index += 1) {
    const wanted = basisOf(images[index], measures)
    if (index > start && used + gap + wanted > width + 0.01) {
      rows.push(fill(images, { from: start, to: index }, measures))
      start = index
      used = wanted
    } else used += wanted + (index > start ? gap : 0)
  }
  const isFull = used + gap > width
  rows.push(
    isFull
      ? fill(images, { from: start, to }, measures)
      : place(images, { from: start, to }, { scale: 1, rowHeight, gap, width }),
  )
  return rows
}

const basisOf = (image: Shape | undefined, { rowHeight, width }: Pick<Measures, 'rowHeight' | 'width'>) =>
  Math.min(width, aspectOf(image ?? { width: 1, height: 1 }) * rowHeight)

function fill(images: readonly Shape[], part: Part, measures: Measures): ImageRow {
  const { width, rowHeight, gap } = measures
  const sum = images.slice(part.from, part.to).reduce((all, one) => all + aspectOf(one), 0)
  const scale = (width - gap * (part.to - part.from - 1)) / (sum * rowHeight)
  return place(images, part, { scale, rowHeight, gap, width })
}

function place(
  images: readonly Shape[],
  { from, to }: Part,
  { scale, rowHeight, gap, width }: { scale: number; rowHeight: number; gap: number; width: number },
): ImageRow {
  const boxes: Box[] = []
  let left = 0
  for (const image of images.slice(from, to)) {
    const own = Math.min(width, aspectOf(image) * rowHeight * scale)
    boxes.push({ left, width: own })
    left += own + gap
  }
  return { kind: 'images', key: `row ${from}`, top: 0, height: rowHeight * scale, from, boxes }
}

/** The rows that touch the stretch between two heights, as a slice. */
export function rowsBetween(rows: readonly Row[], top: number, bottom: number): { from: number; to: number } {
  const from = firstRow(rows, (row) => row.top + row.height >= top)
  const to = firstRow(rows, (row) => row.top > bottom)
  return { from, to: Math.max(from, to) }
}

/** The rows of a slice under their days, the first day's line included even if it stands further up. */
export function sectionsOf(rows: readonly Row[], { from, to }: { from: number; to: number }): Section[] {
  const sections: Section[] = []
  let first = from
  while (first > 0 && rows[first]?.kind !== 'day') first -= 1
  for (const [at, row] of rows.slice(first, to).entries()) {
    if (row.kind === 'day') sections.push({ day: row, rows: [] })
    else if (first + at >= from) sections.at(-1)?.rows.push(row)
  }
  return sections
}

/** The row that an image stands in. */
export function rowWith(rows: readonly Row[], index: number): ImageRow | undefined {
  const isIn = (row: ImageRow) => index >= row.from && index < row.from + row.boxes.length
  return rows.find((row): row is ImageRow => row.kind === 'images' && isIn(row))
}

function firstRow(rows: readonly Row[], isReached: (row: Row) => boolean): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row && isReached(row)) high = middle
    else low = middle + 1
  }
  return low
}

export type Step = 'left' | 'right' | 'up' | 'down'

/** The image that an arrow key leads to: the next in order, or the nearest in the row above or below. */
export function stepFrom(rows: readonly Row[], index: number, step: Step): number {
  const imageRows = rows.filter((row) => row.kind === 'images')
  const last = imageRows.at(-1)
  const count = last ? last.from + last.boxes.length : 0
  if (step === 'left') return Math.max(0, index - 1)
  if (step === 'right') return Math.min(count - 1, index + 1)
  const at = imageRows.findIndex((row) => index >= row.from && index < row.from + row.boxes.length)
  const here = imageRows[at]
  const there = imageRows[step === 'up' ? at - 1 : at + 1]
  const box = here?.boxes[index - here.from]
  if (!there || !box) return index
  const centre = box.left + box.width / 2
  const distance = (one: Box) => Math.abs(one.left + one.width / 2 - centre)
  const nearest = there.boxes.reduce((best, one) => (distance(one) < distance(best) ? one : best))
  return there.from + there.boxes.indexOf(nearest)
}
