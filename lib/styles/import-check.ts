import type { Column } from '@/lib/styles/import-columns'
import { CATEGORY_MAX, NAME_MAX } from '@/lib/styles/limits'
import type { ImportProblem, ImportProblemCode } from '@/lib/styles/schema'
import { isSpreadsheetError, readStyleNumber } from '@/lib/styles/style-number'
import { startOf } from '@/lib/text/letters'

export const MAX_LENGTH: Record<Exclude<Column, 'styleId'>, number> = {
  nameKo: NAME_MAX,
  nameEn: NAME_MAX,
  superCategory: CATEGORY_MAX,
  mainCategory: CATEGORY_MAX,
}

/** More than this is too long whatever it is, and is not looked at: composing a million marks takes minutes. */
const LOOKED_AT = 1_000
const EXCERPT = 60

export type ParsedStyle = { line: number; styleId: number } & Record<Exclude<Column, 'styleId'>, string>

type Line = { line: number; values: Partial<Record<Column, unknown>> | null; hasMore: boolean }
type Report = (column: string, code: ImportProblemCode, value?: unknown) => void

/** One line of a file as a style, or everything that is wrong with it. `seen`: the numbers of the lines above. */
export function checkLine(
  { line, values, hasMore }: Line,
  seen: Set<number>,
): { row: ParsedStyle | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const report: Report = (column, code, value = '') =>
    problems.push({ line, column, code, value: excerpt(value) })
  if (!values) {
    report('', 'not_an_object')
    return { row: null, problems }
  }
  const read = readStyleNumber(values.styleId)
  if ('problem' in read) report('styleId', read.problem, values.styleId)
  else if (seen.has(read.styleId)) report('styleId', 'duplicate_in_file', read.styleId)
  else seen.add(read.styleId)
  const texts = readTexts(values, report)
  if (hasMore) report('', 'too_many_cells')
  const row = 'styleId' in read && problems.length === 0 ? { line, styleId: read.styleId, ...texts } : null
  return { row, problems }
}

function readTexts(values: Partial<Record<Column, unknown>>, report: Report) {
  const read = (column: keyof typeof MAX_LENGTH) => {
    const cell = values[column] ?? ''
    if (typeof cell !== 'string') {
      report(column, 'not_text', cell)
      return ''
    }
    if (cell.length > LOOKED_AT) {
      report(column, 'too_long', cell)
      return cell.slice(0, 1)
    }
    const text = cell.normalize('NFC').replace(/^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g, '')
    if (text.length > MAX_LENGTH[column]) report(column, 'too_long', text)
    if (/\p{Cc}/u.test(text)) report(column, 'control_character', text)
    if (/[\ufffd\p{Cs}]/u.test(text)) report(column, 'unreadable_character', text)
    if (isSpreadsheetError(text)) report(column, 'spreadsheet_error', text)
    return text
  }
  const names = { nameKo: read('nameKo'), nameEn: read('nameEn') }
  const categories = { superCategory: read('superCategory'), mainCategory: read('mainCategory') }
  if (!names.nameKo && !names.nameEn) report('nameKo', 'missing_name')
  return { nameKo: names.nameKo || names.nameEn, nameEn: names.nameEn || names.nameKo, ...categories }
}

/** A cell as a person would recognise it; what is nested is not spelled out. */
function excerpt(value: unknown): string {
  if (Array.isArray(value)) return '[…]'
  return typeof value === 'object' && value !== null ? '{…}' : startOf(String(value ?? ''), EXCERPT)
}
