import { CsvError, parse } from 'csv-parse/sync'
import type { ImportFileProblem, ImportProblem, ImportProblemCode } from '@/lib/styles/schema'

export const IMPORT_MAX_BYTES = 1_000_000
export const IMPORT_MAX_ROWS = 5_000

const COLUMNS = ['styleId', 'nameKo', 'nameEn', 'superCategory', 'mainCategory'] as const
type Column = (typeof COLUMNS)[number]

const MAX_LENGTH: Record<Exclude<Column, 'styleId'>, number> = {
  nameKo: 80,
  nameEn: 80,
  superCategory: 60,
  mainCategory: 60,
}

export type ParsedStyle = { line: number; styleId: number } & Record<Exclude<Column, 'styleId'>, string>

type Cells = { line: number; values: Record<string, unknown> | null }

export type ParsedFile =
  | { fileProblem: ImportFileProblem }
  | { fileProblem: null; unknownColumns: string[]; rows: ParsedStyle[]; problems: ImportProblem[] }

/** Reads a style list and finds everything that is wrong with it, line by line; touches no database. */
export function parseStyleFile(format: 'csv' | 'json', content: string): ParsedFile {
  if (Buffer.byteLength(content) > IMPORT_MAX_BYTES) return { fileProblem: 'too_large' }
  const read = format === 'csv' ? readCsv(content) : readJson(content)
  if ('fileProblem' in read) return read
  if (read.lines.length === 0) return { fileProblem: 'empty' }
  if (read.lines.length > IMPORT_MAX_ROWS) return { fileProblem: 'too_many_rows' }
  return { fileProblem: null, unknownColumns: read.unknownColumns, ...checkLines(read.lines) }
}

type Read = { lines: Cells[]; unknownColumns: string[] } | { fileProblem: ImportFileProblem }

function readCsv(content: string): Read {
  let records: { record: string[]; info: { lines: number } }[]
  try {
    // The library types `info: true` output as plain records.
    records = parse(content, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      delimiter: delimiterOf(content),
      to: IMPORT_MAX_ROWS + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[]
  } catch (error) {
    if (error instanceof CsvError) return { fileProblem: 'not_csv' }
    throw error
  }
  const [header, ...body] = records
  if (!header) return { fileProblem: 'empty' }
  const names = header.record.map(columnName)
  if (!names.includes('styleId')) return { fileProblem: 'no_style_id_column' }
  const lines = body.map(({ record, info }) => ({
    line: info.lines,
    values: Object.fromEntries(names.map((name, place) => [name, record[place] ?? ''])),
  }))
  return { lines, unknownColumns: unknownOf(names) }
}

/** Spreadsheets write commas, semicolons or tabs by their owner's settings: the heading line tells which. */
function delimiterOf(content: string): string {
  const heading = content.slice(0, content.search(/[\r\n]|$/))
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: heading.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

function readJson(content: string): Read {
  let value: unknown
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch {
    return { fileProblem: 'not_json' }
  }
  const list = isObject(value) ? value.items : value
  if (!Array.isArray(list)) return { fileProblem: 'not_an_array' }
  const names = new Set<string>()
  const lines = list.map((entry: unknown, place) => {
    if (!isObject(entry)) return { line: place + 1, values: null }
    const values = Object.fromEntries(Object.entries(entry).map(([key, cell]) => [columnName(key), cell]))
    for (const name of Object.keys(values)) names.add(name)
    return { line: place + 1, values }
  })
  return { lines, unknownColumns: unknownOf([...names]) }
}

function checkLines(lines: Cells[]) {
  const problems: ImportProblem[] = []
  const rows: ParsedStyle[] = []
  const seen = new Set<number>()
  for (const { line, values } of lines) {
    const before = problems.length
    const report = (column: string, code: ImportProblemCode, value: unknown = '') =>
      problems.push({ line, column, code, value: excerpt(value) })
    if (!values) {
      report('', 'not_an_object')
      continue
    }
    const styleId = readStyleId(values.styleId, report)
    const texts = readTexts(values, report)
    if (styleId !== null && seen.has(styleId)) report('styleId', 'duplicate_in_file', styleId)
    if (styleId !== null) seen.add(styleId)
    if (styleId !== null && problems.length === before) rows.push({ line, styleId, ...texts })
  }
  return { rows, problems }
}

type Report = (column: string, code: ImportProblemCode, value?: unknown) => void

function readStyleId(cell: unknown, report: Report): number | null {
  const text = typeof cell === 'string' ? cell.trim() : cell
  if (text === undefined || text === null || text === '') {
    report('styleId', 'missing_style_id')
    return null
  }
  const isDigits = typeof text === 'number' || (typeof text === 'string' && /^\d{1,16}$/.test(text))
  const number = isDigits ? Number(text) : NaN
  if (Number.isSafeInteger(number) && number >= 1) return number
  report('styleId', 'not_an_integer', cell)
  return null
}

function readTexts(values: Record<string, unknown>, report: Report) {
  const read = (column: keyof typeof MAX_LENGTH) => {
    const cell = values[column] ?? ''
    if (typeof cell !== 'string') {
      report(column, 'not_text', cell)
      return ''
    }
    const text = cell.normalize('NFC').trim()
    if (text.length > MAX_LENGTH[column]) report(column, 'too_long', text)
    if (/\p{Cc}/u.test(text)) report(column, 'control_character', text)
    return text
  }
  const names = { nameKo: read('nameKo'), nameEn: read('nameEn') }
  const categories = { superCategory: read('superCategory'), mainCategory: read('mainCategory') }
  if (!names.nameKo && !names.nameEn) report('nameKo', 'missing_name')
  return { nameKo: names.nameKo || names.nameEn, nameEn: names.nameEn || names.nameKo, ...categories }
}

/** `Style ID`, `style_id` and `styleid` all mean `styleId`; any other name stays as it is. */
function columnName(heading: string): string {
  const key = heading.toLowerCase().replace(/[\s_-]/g, '')
  return COLUMNS.find((column) => column.toLowerCase() === key) ?? heading.trim()
}

const known = (name: string) => COLUMNS.some((column) => column === name)
const unknownOf = (names: string[]) =>
  names.filter((name) => name !== '' && !known(name)).map((name) => excerpt(name))
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const excerpt = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 60)
