const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The quote that ends the string, or -1: one with an even number of backslashes before it. */
export function closingQuote(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start); at >= 0; at = bytes.indexOf(QUOTE, at + 1))
    if (backslashesBefore(bytes, start, at) % 2 === 0) return at
  return -1
}

function backslashesBefore(bytes: Buffer, start: number, end: number): number {
  let count = 0
  while (end - count > start && bytes[end - count - 1] === BACKSLASH) count += 1
  return count
}

/** How many bytes at the end may be an escape (`\/`, `\u002b`) that the next chunk completes. */
export function heldTail(bytes: Buffer, start: number): number {
  const last = bytes.lastIndexOf(BACKSLASH)
  if (last < start || bytes.length - last >= 6) return 0
  const opens = backslashesBefore(bytes, start, last + 1) % 2 === 1
  if (!opens) return 0
  const complete = bytes.length - last >= 2 && bytes[last + 1] !== 0x75
  return complete ? 0 : bytes.length - last
}

export function unescape(text: string): string {
  if (!text.includes('\\')) return text
  const plain = text.replaceAll('\\/', '/')
  if (!plain.includes('\\')) return plain
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

export function isStructure(byte: number): boolean {
  return byte === 0x2c || byte === 0x3a || byte === 0x7b || byte === 0x7d || byte === 0x5b || byte === 0x5d
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

export function isByteOrderMark(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf
}
