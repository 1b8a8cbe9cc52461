import { describe, expect, test } from 'vitest'
import { sectionsOf, styleIdIn } from '@/components/composer/style-sections'
import type { StyleFilter } from '@/lib/styles/filter'
import type { Style } from '@/lib/styles/schema'

const style = (styleId: number, nameKo: string, nameEn: string, more: Partial<Style> = {}): Style => ({
  id: String(styleId),
  styleId,
  nameKo,
  nameEn,
  superCategory: 'painting',
  mainCategory: '',
  thumbnailUrl: null,
  favourite: false,
  hidden: false,
  lastUsedAt: null,
  ...more,
})
const styles = [
  style(101, '수묵', 'Ink wash', { lastUsedAt: '2026-11-20T00:00:00Z' }),
  style(103, '종이 오리기', 'Paper cut', { superCategory: 'craft', favourite: true }),
  style(106, '네온의 밤', 'Neon night', { lastUsedAt: '2026-11-22T00:00:00Z' }),
]
const category = (name: string) => ({ painting: '회화', craft: '공예' })[name] ?? name
const find = (query: string) =>
  sectionsOf(styles, { query, filter: 'all', category }).flatMap((section) =>
    section.styles.map((one) => one.styleId),
  )

describe('sectionsOf', () => {
  test.each([
    ['paper', [103]],
    ['오리기', [103]],
    ['ㄴㅇ', [106]],
    ['공예', [103]],
    ['101', [101]],
    ['없는 것', []],
  ])('finds %j', (query, found) => {
    expect(find(query)).toEqual(found)
  })

  test('puts what has no category behind what has one, unless it is a favourite', () => {
    const loose = style(7, '새 것', 'New', { superCategory: '' })
    const orderOf = (given: Style[]) =>
      sectionsOf(given, { query: '', filter: 'all', category })
        .at(-1)
        ?.styles.map(({ styleId }) => styleId)
    expect(orderOf([loose, ...styles])).toEqual([103, 101, 106, 7])
    expect(orderOf([{ ...loose, favourite: true }, ...styles])).toEqual([7, 103, 101, 106])
  })

  test('shows the latest first, then all with the favourites at their head', () => {
    const sections = sectionsOf(styles, { query: '', filter: 'all', category })
    expect(sections.map(({ kind, styles: shown }) => [kind, shown.map(({ styleId }) => styleId)])).toEqual([
      ['recent', [106, 101]],
      ['all', [103, 101, 106]],
    ])
  })

  test('shows one filter alone', () => {
    const filtered = (filter: StyleFilter) =>
      sectionsOf(styles, { query: '', filter, category })[0]?.styles.map(({ styleId }) => styleId)
    expect(filtered('favourites')).toEqual([103])
    expect(filtered('recent')).toEqual([106, 101])
    expect(filtered('category:craft')).toEqual([103])
  })
})

test('reads a typed style number', () => {
  expect(['352', ' #12 ', '0', '3.5', 'abc', '99999999999999999'].map(styleIdIn)).toEqual([
    352,
    12,
    null,
    null,
    null,
    null,
  ])
})
