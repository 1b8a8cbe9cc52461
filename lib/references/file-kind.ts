import { MAX_FILE_BYTES } from '@/lib/references/limits'
import type { UploadProblem } from '@/lib/references/schema'

export type ImageKind = 'png' | 'jpeg' | 'webp' | 'avif' | 'heic'

/** As many of a file's first bytes as `kindOf` looks at. */
export const HEAD_BYTES = 256

const AVIF_BRANDS = ['avif', 'avis']
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs', 'mif1', 'msf1']

/** What the first bytes say; file names and content types are only claims. */
export function kindOf(head: Uint8Array): ImageKind | null {
  const ascii = [...head.subarray(0, HEAD_BYTES)].map((byte) => String.fromCharCode(byte)).join('')
  if (ascii.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (ascii.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (ascii.startsWith('RIFF') && ascii.startsWith('WEBP', 8)) return 'webp'
  const brands = brandsOf(ascii)
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif'
  return brands.some((brand) => HEIC_BRANDS.includes(brand)) ? 'heic' : null
}

/** The major brand and the compatible ones of an ISO media file (ISO/IEC 14496-12 §4.3): any of them may name the format. */
function brandsOf(ascii: string): string[] {
  if (!ascii.startsWith('ftyp', 4)) return []
  const size = [...ascii.slice(0, 4)].reduce((sum, byte) => sum * 256 + byte.charCodeAt(0), 0)
  const listed = ascii.slice(16, Math.max(16, size)).match(/[^]{4}/g) ?? []
  return [ascii.slice(8, 12), ...listed]
}

/** What the browser can see wrong with a file before sending it: the server looks more closely. `head`: its first bytes. */
export function problemOfFile({ size, head }: { size: number; head: Uint8Array }): UploadProblem | null {
  if (size > MAX_FILE_BYTES) return 'too_large'
  const kind = kindOf(head)
  if (kind === 'heic') return 'heic'
  return kind ? null : 'not_an_image'
}
