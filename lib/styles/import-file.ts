import 'server-only'
import { structureOf } from '@/lib/platform/json-structure'
import { takeTurns } from '@/lib/platform/turns'
import { csvRows } from '@/lib/styles/csv-rows'
import { checkLine, type ParsedStyle } from '@/lib/styles/import-check'
import { findColumns, type Column } from '@/lib/styles/import-columns'
import type { ImportFileProblem, ImportProblem } from '@/lib/styles/schema'

export const IMPORT_MAX_BYTES = 1_000_000
export const IMPORT_MAX_ROWS = 5_000
const MAX_COLUMNS = 200
/** Blank rows count too: a sheet may end in a hundred thousand of them. */
const MAX_ROWS_WITH_BLANKS = 20_000
/** Every row of a list with ten members, and some more; deeper than its rows' own objects is no list. */
const MAX_JSON = { parts: 60_000, depth: 32 }

type Values = Partial<Record<Column, unknown>>
type Cells = { line: number; values: Values | null; hasMore: boolean }
type Unreadable = { fileProblem: ImportFileProblem; line: number | null }
type Read = { lines: Cells[]; unknownColumns: string[] } | Unreadable

export type ParsedFile =
  Unreadable | { fileProblem: null; unknownColumns: string[]; rows: ParsedStyle[]; problems: ImportProblem[] }

/**
 * Reads a style list and finds everything that is wrong with it, line by line; touches no database. Its work grows with
 * the bytes alone, and others have their turn in between.
 */
export async function parseStyleFile(format: 'csv' | 'json', content: string): Promise<ParsedFile> {
  if (Buffer.byteLength(content) > IMPORT_MAX_BYTES) return unreadable('too_large')
  const text = content.replace(/^\uFEFF/, '')
  if (text.startsWith('PK\u0003\u0004') || text.slice(0, 16).includes('\0')) return unreadable('not_text')
  const read = format === 'csv' ? await readCsv(text) : await readJson(text)
  if ('fileProblem' in read) return read
  if (read.lines.length === 0) return unreadable('empty')
  return { fileProblem: null, unknownColumns: read.unknownColumns, ...(await checkLines(read.lines)) }
}

const unreadable = (fileProblem: ImportFileProblem, line: number | null = null): Unreadable => ({
  fileProblem,
  line,
})

async function readCsv(content: string): Promise<Read> {
  let heading: { columns: ReturnType<typeof findColumns>; width: number } | null = null
  let count = 0
  const lines: Cells[] = []
  for await (const row of csvRows(content)) {
    if ('problem' in row) return unreadable(row.problem, row.line)
    count += 1
    if (count > MAX_ROWS_WITH_BLANKS) return unreadable('too_many_rows')
    const { line, cells } = row
    if (cells.every(isBlank)) continue
    if (!heading) {
      if (cells.length > MAX_COLUMNS) return unreadable('too_many_columns', line)
      heading = { columns: findColumns(cells), width: cells.length }
      if (!heading.columns.places.has('styleId')) return unreadable('no_style_id_column')
      continue
    }
    if (lines.length === IMPORT_MAX_ROWS) return unreadable('too_many_rows')
    const values = [...heading.columns.places].map(([column, place]) => [column, cells[place] ?? ''])
    const hasMore = !cells.slice(heading.width).every(isBlank)
    lines.push({ line, values: Object.fromEntries(values), hasMore })
  }
  return heading ? { lines, unknownColumns: heading.columns.unknown } : unreadable('empty')
}

const isBlank = (cell: string) => /^[\s\u200b\u2060\ufeff]*$/.test(cell)

async function readJson(content: string): Promise<Read> {
  const { parts, depth } = structureOf(content)
  if (depth > MAX_JSON.depth) return unreadable('not_an_array')
  if (parts > MAX_JSON.parts) return unreadable('too_many_rows')
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return unreadable('not_json')
  }
  const list = isObject(value) ? value.items : value
  if (!Array.isArray(list)) return unreadable('not_an_array')
  if (list.length > IMPORT_MAX_ROWS) return unreadable('too_many_rows')
  const turn = takeTurns()
  const unknown = new Set<string>()
  const lines: Cells[] = []
  for (const [place, entry] of list.entries()) {
    await turn()
    if (!isObject(entry)) {
      lines.push({ line: place + 1, values: null, hasMore: false })
      continue
    }
    const names = Object.keys(entry)
    if (names.length > MAX_COLUMNS) return unreadable('too_many_columns', place + 1)
    const columns = findColumns(names)
    for (const name of columns.unknown) if (unknown.size < MAX_COLUMNS) unknown.add(name)
    const values = [...columns.places].map(([column, at]) => [column, entry[names[at] ?? '']])
    lines.push({ line: place + 1, values: Object.fromEntries(values), hasMore: false })
  }
  return { lines, unknownColumns: [...unknown].slice(0, 20) }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function checkLines(lines: Cells[]) {
  const turn = takeTurns()
  const problems: ImportProblem[] = []
  const rows: ParsedStyle[] = []
  const seen = new Set<number>()
  for (const line of lines) {
    await turn()
    const checked = checkLine(line, seen)
    problems.push(...checked.problems)
    if (checked.row) rows.push(checked.row)
  }
  return { rows, problems }
}
