import { describe, expect, it, test } from 'vitest'
import {
  layOut,
  rowsBetween,
  rowWith,
  sectionsOf,
  stepFrom,
  type PictureRow,
} from '@/components/gallery/layout'

type Picture = { width: number; height: number; day: string }
const measures = { width: 1000, rowHeight: 200, gap: 4, dayHeight: 60, firstDayHeight: 40 }
const picture = (day = '1', width = 300, height = 300): Picture => ({ day, width, height })
const lay = (pictures: Picture[]) => layOut(pictures, ({ day }) => day, measures)
const rowsOf = (pictures: Picture[]) =>
  lay(pictures).rows.filter((row): row is PictureRow => row.kind === 'pictures')

describe('rows', () => {
  it('fill the width to the pixel, at the height asked for or a little more', () => {
    const [first] = rowsOf(Array.from({ length: 9 }, () => picture()))
    const end = first?.boxes.at(-1)
    expect((end?.left ?? 0) + (end?.width ?? 0)).toBeCloseTo(1000)
    expect(first?.height).toBeGreaterThanOrEqual(200)
    expect(first?.height).toBeLessThan(300)
  })

  it('keep the order and every picture', () => {
    const pictures = Array.from({ length: 57 }, (_, index) =>
      picture('1', [300, 160, 400][index % 3], [300, 300, 225][index % 3]),
    )
    const rows = rowsOf(pictures)
    expect(rows.map((row) => row.from)).toEqual([...rows.map((row) => row.from)].sort((a, b) => a - b))
    expect(rows.reduce((sum, row) => sum + row.boxes.length, 0)).toBe(57)
  })

  it('do not stretch what is left at the end of a day', () => {
    const [only] = rowsOf([picture(), picture()])
    expect(only).toMatchObject({
      height: 200,
      boxes: [
        { left: 0, width: 200 },
        { left: 204, width: 200 },
      ],
    })
  })

  it('begin anew with each day', () => {
    const { rows, height } = lay([picture('2'), picture('1'), picture('1')])
    expect(rows.map((row) => [row.kind, row.top, row.height])).toEqual([
      ['day', 0, 40],
      ['pictures', 40, 200],
      ['day', 240, 60],
      ['pictures', 300, 200],
    ])
    expect(height).toBe(500)
  })

  it('bear pictures of any shape, and without one', () => {
    const odd = rowsOf([picture('1', 9000, 10), picture('1', 10, 9000), picture('1', 0, 0)])
    for (const row of odd)
      for (const box of row.boxes) expect(box.left + box.width).toBeLessThanOrEqual(1000.01)
  })
})

test('a stretch of the grid is found without looking at every row', () => {
  const { rows } = lay(Array.from({ length: 1000 }, () => picture()))
  const { from, to } = rowsBetween(rows, 5_000, 6_000)
  const shown = rows.slice(from, to)
  expect(shown[0]?.top).toBeLessThanOrEqual(5_000)
  expect((shown.at(-1)?.top ?? 0) + (shown.at(-1)?.height ?? 0)).toBeGreaterThanOrEqual(6_000)
  expect(shown.length).toBeLessThan(8)
})

test('a stretch in the middle of a day still has its line, and each day ends where its rows do', () => {
  const { rows } = lay([...Array.from({ length: 40 }, () => picture('2')), picture('1'), picture('1')])
  const [first, second] = sectionsOf(rows, { from: 5, to: rows.length })
  expect(first?.day).toMatchObject({ day: '2', top: 0, bottom: second?.day.top ?? 0 })
  expect(first?.rows.map((row) => row.from)).toEqual(
    rowsOf(Array.from({ length: 40 }, () => picture()))
      .slice(4)
      .map((row) => row.from),
  )
  expect(second?.rows).toHaveLength(1)
  expect(rowWith(rows, 41)).toBe(second?.rows[0])
  expect(rowWith(rows, 42)).toBeUndefined()
})

test('arrows lead to the next picture, or to the nearest in the next row, and stop at the ends', () => {
  const { rows } = lay(Array.from({ length: 8 }, () => picture()))
  expect(stepFrom(rows, 0, 'left')).toBe(0)
  expect(stepFrom(rows, 3, 'right')).toBe(4)
  expect(stepFrom(rows, 1, 'down')).toBe(5)
  expect(stepFrom(rows, 5, 'up')).toBe(1)
  expect(stepFrom(rows, 1, 'up')).toBe(1)
  expect(stepFrom(rows, 7, 'right')).toBe(7)
})
