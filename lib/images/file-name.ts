import { lettersOf, startOf } from '@/lib/text/letters'

const extensions: Record<string, string> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/avif': 'avif',
}

const LETTERS_MAX = 60
/** File systems take 255 bytes; the rest is for a number, the ending and what a browser adds to a second copy. */
const BYTES_MAX = 200
/** Letters with their marks (combining marks are part of a letter in Thai, Hindi, Arabic), joined where a script joins them. */
const WORD = /(?:[\p{L}\p{N}]\p{M}*(?:[\u200c\u200d](?=\p{L}))?)+/gu
/** Marks and letters that show nothing of their own: variation selectors, key caps, Hangul fillers. */
const INVISIBLE = /[\u034f\u115f\u1160\u20e3\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu
/** Windows keeps these names for devices, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i

/** `봄-차-2027`: a title without anything that a file system or a header minds; never empty, cut between letters. */
export function fileStem(title: string): string {
  const words = title.normalize('NFC').replace(INVISIBLE, '').match(WORD) ?? []
  const stem = withinBytes(startOf(words.join('-'), LETTERS_MAX)).replace(/-+$/, '')
  if (RESERVED.test(stem)) return `${stem}_`
  return stem || 'image'
}

function withinBytes(text: string): string {
  let [start, sizeBytes] = ['', 0]
  for (const letter of lettersOf(text)) {
    sizeBytes += new TextEncoder().encode(letter).length
    if (sizeBytes > BYTES_MAX) break
    start += letter
  }
  return start
}

/** `봄-차-2027-03.webp`; `place` counts from 0. */
export function imageFileName({
  title,
  place,
  mimeType,
}: {
  title: string
  place: number
  mimeType: string
}): string {
  const number = String(place + 1).padStart(2, '0')
  return `${fileStem(title)}-${number}.${extensions[mimeType] ?? 'bin'}`
}

/** The Content-Disposition of a download: the name in ASCII for old programs, and whole (RFC 8187) for all others. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`
}
