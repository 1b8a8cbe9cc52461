import { RATIOS, sizeOf } from '@/lib/flamel/ratios'

/** Width through height of the pictures that a ratio brings, legacy names too; a square for one nobody knows. */
export function aspectOf(ratio: string): number {
  const known = RATIOS.find((one) => one === ratio)
  if (!known) return 1
  const { width, height } = sizeOf(known)
  return width / height
}

/** Pictures wide enough to stand alone in a row of a phone. */
export const isWide = (ratio: string) => aspectOf(ratio) > 1.5
