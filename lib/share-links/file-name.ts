const extensions: Record<string, string> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/avif': 'avif',
}

/** `봄-차-2027`: a title without anything that a file system or a header minds; never empty. */
export function fileStem(title: string): string {
  const words = title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-')
  const stem = [...words].slice(0, 60).join('') // by whole letters: half of one cannot stand in a header
  return stem.replace(/^-+|-+$/g, '') || 'picture'
}

/** `봄-차-2027-03.webp`; `place` counts from 0. */
export function pictureFileName({
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
