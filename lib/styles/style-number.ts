import type { ImportProblemCode } from '@/lib/styles/schema'

type Read = { styleId: number } | { problem: ImportProblemCode }

const LONGEST = 40
const NOTHING = /^(|nan|null|none|nil|na|n\/a|<na>|-|–|—)$/i
const PLAIN = /^#?(\d+)(?:\.0*|,0{1,2})?$/
const GROUPED = /^\d{1,3}(?:([, '’])\d{3})(?:\1\d{3})*(?:\.0*)?$/
const SCIENTIFIC = /^(\d)(?:[.,](\d*))?e\+?(\d{1,2})$/i

/** What a spreadsheet writes where a formula failed or a column was too narrow. */
export const isSpreadsheetError = (text: string): boolean =>
  /^#(N\/A|NAME\?|REF!|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)$/i.test(
    text,
  ) || /^#{2,}$/.test(text)

/**
 * A style's number as programs write it: `352`, `352.0` (pandas), `1,234`, `3.52E+02`, `="352"`, full-width digits. One
 * that was rounded on the way (9.1E+05) is told apart: its last digits are gone.
 */
export function readStyleNumber(cell: unknown): Read {
  if (typeof cell === 'number') return whole(cell)
  if (cell === undefined || cell === null) return { problem: 'missing_style_id' }
  if (typeof cell !== 'string' || cell.length > LONGEST) return { problem: 'not_an_integer' }
  const text = cell
    .normalize('NFKC')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/^\s*="?|"\s*$/g, '')
    .replace(/^\s*'/, '')
    .trim()
  if (NOTHING.test(text)) return { problem: 'missing_style_id' }
  if (isSpreadsheetError(text)) return { problem: 'spreadsheet_error' }
  const plain = PLAIN.exec(text)?.[1]
  if (plain) return whole(Number(plain))
  if (GROUPED.test(text)) return whole(Number(text.replace(/[^\d.]/g, '')))
  return readScientific(text)
}

function readScientific(text: string): Read {
  const [, first = '', decimals = '', power = ''] = SCIENTIFIC.exec(text) ?? []
  if (!first) return { problem: 'not_an_integer' }
  if (decimals.length < Number(power)) return { problem: 'rounded_number' }
  return whole(Number(`${first}.${decimals}e${power}`))
}

const whole = (number: number): Read =>
  Number.isSafeInteger(number) && number >= 1 ? { styleId: number } : { problem: 'not_an_integer' }
