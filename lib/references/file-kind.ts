import { MAX_FILE_BYTES } from '@/lib/references/limits'
import type { UploadProblem } from '@/lib/references/schema'

/** The first bytes of the pictures that may be uploaded; null stands for any byte. */
const MAGIC: readonly (readonly (number | null)[])[] = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0xff, 0xd8, 0xff],
  [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
  [null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69],
]

/** What the browser can see wrong with a file before sending it: the server looks more closely. `head`: its first 16 bytes. */
export function problemOfFile({ size, head }: { size: number; head: Uint8Array }): UploadProblem | null {
  if (size > MAX_FILE_BYTES) return 'too_large'
  const isPicture = MAGIC.some((magic) => magic.every((byte, index) => byte === null || byte === head[index]))
  return isPicture ? null : 'not_a_picture'
}
