/** One line of a CSV (RFC 4180), with its end. A cell that a spreadsheet would take for a formula begins with an apostrophe instead. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** What spreadsheets compute: also after a tab or a line break, and written in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}
