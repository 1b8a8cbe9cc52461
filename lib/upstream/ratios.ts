/** Every ratio of the published contract; the last three are legacy names. */
export const RATIOS = ['1:1', '3:4', '4:3', '9:16', '16:9', 'square', 'vertical', 'horizontal'] as const
export type Ratio = (typeof RATIOS)[number]

/** The ratios a person is offered; the legacy ones are accepted by the API and shown when read back. */
export const OFFERED_RATIOS = ['1:1', '3:4', '4:3', '9:16', '16:9'] as const satisfies readonly Ratio[]

const sizes: Record<Ratio, { width: number; height: number }> = {
  '1:1': { width: 1024, height: 1024 },
  '3:4': { width: 864, height: 1152 },
  '4:3': { width: 1152, height: 864 },
  '9:16': { width: 756, height: 1344 },
  '16:9': { width: 1344, height: 756 },
  square: { width: 1024, height: 1024 },
  vertical: { width: 816, height: 1224 },
  horizontal: { width: 1224, height: 816 },
}

/** The pixels that the sandbox paints, and the shape a tile waits in; Flamel itself says each image's `resolution`. */
export function sizeOf(ratio: Ratio): { width: number; height: number } {
  return sizes[ratio]
}

/** Width through height of the images that a ratio brings, legacy names too; a square for one nobody knows. */
export function aspectOf(ratio: string): number {
  const known = RATIOS.find((one) => one === ratio)
  if (!known) return 1
  const { width, height } = sizeOf(known)
  return width / height
}

/** Images wide enough to stand alone in a row of a phone. */
export const isWide = (ratio: string) => aspectOf(ratio) > 1.5
