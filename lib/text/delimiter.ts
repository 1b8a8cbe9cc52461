/** The heading line of a longer text is not read beyond this. */
const HEADING_MAX = 64_000

/** Spreadsheets write commas, semicolons or tabs by their owner's settings: the heading line tells which. */
export function delimiterOf(content: string): string {
  const start = content.slice(0, HEADING_MAX).trimStart()
  const heading = start.slice(0, start.search(/[\r\n]|$/))
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: heading.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}
/** A table without the line `sep=;` by which Excel names its delimiter, and what that line said. */
export function withoutHint(content: string): { body: string; delimiter?: string } {
  const hint = /^"?sep=([^\r\n])"?[,;\t]*(\r\n|\r|\n)/i.exec(content)
  return hint ? { body: content.slice(hint[0].length), delimiter: hint[1] } : { body: content }
}
