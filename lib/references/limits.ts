import type { UploadProblem } from '@/lib/references/schema'

export const MAX_FILE_BYTES = 20 * 1024 * 1024

const problems: readonly UploadProblem[] = [
  'no_file',
  'too_many_parts',
  'too_large',
  'not_an_image',
  'heic',
  'too_many_pixels',
  'too_small',
  'too_narrow',
  'damaged',
  'too_slow',
]

/** What is wrong with a file, from the server's answer; null when the trouble is another. */
export function problemOf(error: { errors: { code: string }[] } | null): UploadProblem | null {
  return problems.find((problem) => error?.errors.some(({ code }) => code === problem)) ?? null
}
