import type { Rgb } from '@/sandbox/painter/colour'
import { cloudTile, grainTile, sampleTile } from '@/sandbox/painter/noise'
import { layer, pixelsOf, type Finished, type Layer } from '@/sandbox/painter/surface'

export type Wash = {
  paper: Rgb
  /** How far edges wander, in pixels. */
  wander: number
  /** How much pigment gathers on the dark side of an edge, 0–2. */
  edge: number
  /** How unevenly pigment settles, 0–1. */
  granulation: number
  /** How much paper shows through a fast stroke, 0–1. */
  dry: number
  seed: number
}

/** Lets what was painted on a transparent layer run, gather and settle on paper. */
export function washed(painted: Layer, { paper, wander, edge, granulation, dry, seed }: Wash): Finished {
  const { width, height } = painted.canvas
  const from = pixelsOf(painted)
  const soft = softened(painted)
  const out = new Uint8ClampedArray(width * height * 4)
  const [broad, fine, grain] = [cloudTile(12, 5), cloudTile(48, 3), grainTile()]
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const settle = sampleTile(broad, x + seed, y)
      const tooth = sampleTile(fine, x, y + seed)
      const speck = sampleTile(grain, x, y)
      const px = Math.min(width - 1, Math.max(0, Math.round(x + (settle + tooth * 0.5 - 0.75) * wander)))
      const py = Math.min(
        height - 1,
        Math.max(0, Math.round(y + (sampleTile(broad, x, y + 201 + seed) + tooth * 0.5 - 0.75) * wander)),
      )
      const read = (py * width + px) * 4
      const alpha = (from[read + 3] ?? 0) / 255
      const near = (soft[at + 3] ?? 0) / 255
      const gathered = Math.max(0, alpha - near) * edge
      const bare = dry && tooth + speck * 0.5 > 1.02 - dry * 0.25 ? dry * 0.5 : 0
      const load = Math.max(
        0,
        alpha * (1 - granulation * (0.62 - settle) - granulation * 0.4 * (0.5 - speck)) * (1 - bare) +
          gathered * 0.5,
      )
      const fibre = (speck - 0.5) * 7 + (tooth - 0.5) * 9
      for (let channel = 0; channel < 3; channel += 1) {
        const own = from[read + channel] ?? 0
        const darker = Math.max(0, (soft[at + channel] ?? 0) * near - own * alpha) * edge * 0.24 * alpha
        const ground = (paper[channel] ?? 0) + fibre
        out[at + channel] =
          ground * (1 - Math.min(1, load)) +
          Math.max(0, own - darker) * Math.min(1, load) +
          fibre * 0.4 * alpha
      }
      out[at + 3] = 255
    }
  return out
}

/** The layer blurred over a few pixels, by going through a small copy of it. */
function softened({ canvas }: Layer): Uint8ClampedArray {
  const small = layer(canvas.width / 10, canvas.height / 10)
  small.context.imageSmoothingQuality = 'high'
  small.context.drawImage(canvas, 0, 0, small.canvas.width, small.canvas.height)
  const large = layer(canvas.width, canvas.height)
  large.context.imageSmoothingQuality = 'high'
  large.context.drawImage(small.canvas, 0, 0, canvas.width, canvas.height)
  return pixelsOf(large)
}
