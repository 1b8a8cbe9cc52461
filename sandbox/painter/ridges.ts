import { Path2D } from '@napi-rs/canvas'
import { ripple } from '@/sandbox/painter/noise'
import type { Stage } from '@/sandbox/painter/stage'

export type Outline = { stage: Stage; base: number; rise: number; seed: number; stretch: number }
export type Ridge = (outline: Outline) => Path2D

/** Sharp mountains. */
export const peaks: Ridge = (outline) =>
  skyline(
    outline,
    (x, seed) => 1 - Math.abs(2 * ripple(x, seed, 5) - 1) * 1.7 + (ripple(x * 9, seed + 3, 2) - 0.5) * 0.09,
  )

/** Rounded hills. */
export const hills: Ridge = (outline) => skyline(outline, (x, seed) => ripple(x, seed, 2) * 1.2 - 0.1)

/** Dunes: a slow windward slope, a sharp crest. */
export const dunes: Ridge = (outline) =>
  skyline(outline, (x, seed) => {
    const part = (x * 0.62 + ripple(x * 0.5, seed, 1) * 0.8 + (seed % 17) / 17) % 1
    const crest = part < 0.68 ? part / 0.68 : 1 - (part - 0.68) / 0.32
    return (
      0.12 +
      0.72 * (part < 0.68 ? crest * crest * (1.7 - 0.7 * crest) : crest ** 1.4) +
      (ripple(x * 0.7, seed + 9, 1) - 0.5) * 0.3
    )
  })

function skyline(
  { stage, base, rise, seed, stretch }: Outline,
  height: (x: number, seed: number) => number,
): Path2D {
  const { width, unit, lens } = stage
  const path = new Path2D()
  const bottom = stage.height + 4
  path.moveTo(-6, bottom)
  const step = Math.max(3, unit / 200)
  for (let x = -6; x <= width + step + 6; x += step)
    path.lineTo(x, base - rise * height((x / unit / lens.zoom + lens.pan) * stretch + 8, seed))
  path.lineTo(width + step + 6, bottom)
  path.closePath()
  return path
}
