import { startOf } from '@/lib/text/letters'

export const COLUMNS = ['styleId', 'nameKo', 'nameEn', 'superCategory', 'mainCategory'] as const
export type Column = (typeof COLUMNS)[number]

const UNKNOWN_SHOWN = 20
const NAME_MAX = 60

/** Other names of the columns, without spaces and marks, in small letters. */
const SYNONYMS: Record<Column, readonly string[]> = {
  styleId: [
    'id',
    'style',
    'styleno',
    'stylenumber',
    'number',
    'no',
    '스타일id',
    '스타일번호',
    '스타일',
    '번호',
    '아이디',
  ],
  nameKo: [
    ...['korean', 'koreanname', 'namekorean', 'ko', 'kr', 'namekr', 'name', 'stylename', 'title'],
    ...[
      '한국어',
      '한국어이름',
      '이름한국어',
      '한글',
      '한글이름',
      '한글명',
      '국문',
      '국문명',
      '이름',
      '스타일이름',
      '스타일명',
    ],
  ],
  nameEn: [
    ...['english', 'englishname', 'nameenglish', 'en'],
    ...['영어', '영어이름', '이름영어', '영문', '영문이름', '영문명'],
  ],
  superCategory: [
    ...['super', 'category1', 'category', 'topcategory', 'parentcategory', 'group'],
    ...['대분류', '상위분류', '상위카테고리', '분류', '카테고리'],
  ],
  mainCategory: [
    ...['main', 'category2', 'subcategory', 'childcategory', 'subgroup'],
    ...['중분류', '소분류', '하위분류', '하위카테고리', '세부분류'],
  ],
}

/**
 * Which column of a file is which of ours: its own name first (`Style ID` and `style_id` are `styleId`), else another
 * name for it. The rest is returned as `unknown`, so that nothing is left out without a word.
 */
export function findColumns(headings: readonly string[]): { places: Map<Column, number>; unknown: string[] } {
  const keys = headings.map(keyOf)
  const places = new Map<Column, number>()
  for (const column of COLUMNS) place(column, (key) => key === column.toLowerCase())
  for (const column of COLUMNS) place(column, (key) => SYNONYMS[column].includes(key))
  const used = new Set(places.values())
  const unknown = headings.filter((heading, at) => !used.has(at) && heading.trim() !== '')
  return { places, unknown: unknown.slice(0, UNKNOWN_SHOWN).map(shortened) }

  function place(column: Column, fits: (key: string) => boolean) {
    const at = keys.findIndex(fits)
    if (at >= 0 && !places.has(column)) places.set(column, at)
  }
}

const keyOf = (heading: string) =>
  heading
    .slice(0, NAME_MAX)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const shortened = (heading: string) => startOf(heading.slice(0, 4 * NAME_MAX).trim(), NAME_MAX)
