import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { delimiterOf, withoutHint } from '@/lib/text/delimiter'

/** The rows of what was pasted from a spreadsheet or read from a CSV file. Throws what `lineOf` reads. */
export function readTable(text: string): string[][] {
  const { body, delimiter } = withoutHint(text)
  const rows: string[][] = parse(body, {
    bom: true,
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    delimiter: delimiter ?? delimiterOf(body),
  })
  return rows
}

/** The line at which a table could not be read further. */
export function lineOf(error: unknown): number {
  const line: unknown = error instanceof CsvError ? error.lines : undefined
  return typeof line === 'number' ? line : 1
}
