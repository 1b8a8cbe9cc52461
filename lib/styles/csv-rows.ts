import 'server-only'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { takeTurns } from '@/lib/platform/turns'
import { delimiterOf, withoutHint } from '@/lib/text/delimiter'

/** A row of our five columns is a tenth of it; what is longer is a quotation mark that was left open. */
const MAX_ROW_LETTERS = 16_000
const CHUNK_BYTES = 4_096

export type CsvRow = { line: number } & ({ cells: string[] } | { problem: 'row_too_long' | 'not_csv' })

/** csv-parse types its records without `info: true`. */
type Parsed = { record: string[]; info: { lines: number } }

/** The rows of a CSV that are not blank, as their program wrote them; a row that cannot be read is the last. */
export async function* csvRows(content: string): AsyncGenerator<CsvRow> {
  const { body, delimiter } = withoutHint(content)
  const skipped = delimiter === undefined ? 0 : 1
  const text = withoutBlankEnd(body)
  const turn = takeTurns()
  let wholeLines = skipped
  const records: AsyncIterable<Parsed> = Readable.from(inChunks(text)).pipe(
    parse({
      info: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      delimiter: delimiter ?? delimiterOf(text),
      max_record_size: MAX_ROW_LETTERS,
      // an error overtakes the records that wait to be read
      on_record: (record: string[], { lines }) => {
        wholeLines = lines + skipped
        return record
      },
    }),
  )
  try {
    for await (const { record, info } of records) {
      await turn()
      yield { line: info.lines + skipped, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const problem = error.code === 'CSV_MAX_RECORD_SIZE' ? 'row_too_long' : 'not_csv'
    yield { line: wholeLines + 1, problem }
  }
}

/** Without the blank rows in which a formatted sheet ends. */
function withoutBlankEnd(text: string): string {
  let end = text.length
  while (end > 0 && ' ,;|\t\r\n'.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

async function* inChunks(text: string): AsyncGenerator<Buffer> {
  const turn = takeTurns()
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield bytes.subarray(start, start + CHUNK_BYTES)
    await turn()
  }
}
