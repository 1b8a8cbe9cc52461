/**
 * A file's text. Spreadsheets save CSV as UTF-8, Excel's “Unicode text” is UTF-16, and on Korean Windows CSV is CP949:
 * what is neither of the others is read as that.
 */
export function decodeText(bytes: ArrayBuffer): string {
  const wide = wideEncodingOf(new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength)))
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('euc-kr').decode(bytes)
  }
}

/** UTF-16 by its mark, or by the zeros in its first two letters, which are Latin in every list with headings. */
function wideEncodingOf([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && c && d === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b && c === 0 && d)) return 'utf-16be'
  return null
}
