/** The bytes that a `Range` header asks for, both ends included; `unsatisfiable` for a place behind the end. */
export type ByteRange = { start: number; end: number } | 'unsatisfiable' | null

/** Reads one range. What is not one range of bytes is ignored (RFC 9110 §14.2): null means the whole. */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!found) return null
  const [, first = '', last = ''] = found
  if (first === '' && last === '') return null
  if (first === '') {
    const count = Math.min(Number(last), sizeBytes)
    return count === 0 ? 'unsatisfiable' : { start: sizeBytes - count, end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= sizeBytes ? 'unsatisfiable' : { start, end }
}
