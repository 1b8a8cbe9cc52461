import { describe, expect, test } from 'vitest'
import {
  layOut,
  rowsBetween,
  rowWith,
  sectionsOf,
  stepFrom,
  type ImageRow,
} from '@/components/gallery/layout'

type Image = { width: number; height: number; day: string }
const measures = { width: 1000, rowHeight: 200, gap: 4, dayHeight: 60, firstDayHeight: 40 }
const image = (day = '1', width = 300, height = 300): Image => ({ day, width, height })
const lay = (images: Image[]) => layOut(images, ({ day }) => day, measures)
const rowsOf = (images: Image[]) => lay(images).rows.filter((row): row is ImageRow => row.kind === 'images')

describe('rows', () => {
  test('fill the width to the pixel, at the height asked for or a little more', () => {
    const [first] = rowsOf(Array.from({ length: 9 }, () => image()))
    const end = first?.boxes.at(-1)
    expect((end?.left ?? 0) + (end?.width ?? 0)).toBeCloseTo(1000)
    expect(first?.height).toBeGreaterThanOrEqual(200)
    expect(first?.height).toBeLessThan(300)
  })

  test('keep the order and every image', () => {
    const images = Array.from({ length: 57 }, (_, index) =>
      image('1', [300, 160, 400][index % 3], [300, 300, 225][index % 3]),
    )
    const rows = rowsOf(images)
    expect(rows.map((row) => row.from)).toEqual([...rows.map((row) => row.from)].sort((a, b) => a - b))
    expect(rows.reduce((sum, row) => sum + row.boxes.length, 0)).toBe(57)
  })

  test('do not stretch what is left at the end of a day', () => {
    const [only] = rowsOf([image(), image()])
    expect(only).toMatchObject({
      height: 200,
      boxes: [
        { left: 0, width: 200 },
        { left: 204, width: 200 },
      ],
    })
  })

  test('begin anew with each day', () => {
    const { rows, height } = lay([image('2'), image('1'), image('1')])
    expect(rows.map((row) => [row.kind, row.top, row.height])).toEqual([
      ['day', 0, 40],
      ['images', 40, 200],
      ['day', 240, 60],
      ['images', 300, 200],
    ])
    expect(height).toBe(500)
  })

  test('bear images of any shape, and without one', () => {
    const odd = rowsOf([image('1', 9000, 10), image('1', 10, 9000), image('1', 0, 0)])
    for (const row of odd)
      for (const box of row.boxes) expect(box.left + box.width).toBeLessThanOrEqual(1000.01)
  })
})

test('a stretch of the grid is found without looking at every row', () => {
  const { rows } = lay(Array.from({ length: 1000 }, () => image()))
  const { from, to } = rowsBetween(rows, 5_000, 6_000)
  const shown = rows.slice(from, to)
  expect(shown[0]?.top).toBeLessThanOrEqual(5_000)
  expect((shown.at(-1)?.top ?? 0) + (shown.at(-1)?.height ?? 0)).toBeGreaterThanOrEqual(6_000)
  expect(shown.length).toBeLessThan(8)
})

test('a stretch in the middle of a day still has its line, and each day ends where its rows do', () => {
  const { rows } = lay([...Array.from({ length: 40 }, () => image('2')), image('1'), image('1')])
  const [first, second] = sectionsOf(rows, { from: 5, to: rows.length })
  expect(first?.day).toMatchObject({ day: '2', top: 0, bottom: second?.day.top ?? 0 })
  expect(first?.rows.map((row) => row.from)).toEqual(
    rowsOf(Array.from({ length: 40 }, () => image()))
      .slice(4)
      .map((row) => row.from),
  )
  expect(second?.rows).toHaveLength(1)
  expect(rowWith(rows, 41)).toBe(second?.rows[0])
  expect(rowWith(rows, 42)).toBeUndefined()
})

test('arrows lead to the next image, or to the nearest in the next row, and stop at the ends', () => {
  const { rows } = lay(Array.from({ length: 8 }, () => image()))
  expect(stepFrom(rows, 0, 'left')).toBe(0)
  expect(stepFrom(rows, 3, 'right')).toBe(4)
  expect(stepFrom(rows, 1, 'down')).toBe(5)
  expect(stepFrom(rows, 5, 'up')).toBe(1)
  expect(stepFrom(rows, 1, 'up')).toBe(1)
  expect(stepFrom(rows, 7, 'right')).toBe(7)
})
