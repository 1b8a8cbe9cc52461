import { layer, pixelsOf, type Layer } from '@/sandbox/painter/surface'

/** How steeply a swollen outline rises to the right and downwards, for every pixel of a layer. */
export type Relief = { slopeX: Float32Array; slopeY: Float32Array; width: number; height: number }

/** Side of the relief's pixels in pixels of the layer. */
export const COARSE = 4

/** The layer's outline as a hill: blurs of three widths added up in floating point, so that smooth things stay smooth. */
export function reliefOf({ canvas }: Layer, size: number): Relief {
  const small = layer(canvas.width / COARSE, canvas.height / COARSE)
  small.context.imageSmoothingQuality = 'high'
  small.context.drawImage(canvas, 0, 0, small.canvas.width, small.canvas.height)
  const { width, height } = small.canvas
  const pixels = pixelsOf(small)
  const cover = Float32Array.from({ length: width * height }, (_, at) => (pixels[at * 4 + 3] ?? 0) / 255)
  const hill = new Float32Array(width * height)
  for (const [part, weight] of [
    [0.11, 0.42],
    [0.055, 0.34],
    [0.022, 0.24],
  ] as const) {
    const blurred = blur(cover, width, Math.max(1, Math.round((size * part) / COARSE)))
    for (let at = 0; at < hill.length; at += 1) hill[at] = (hill[at] ?? 0) + (blurred[at] ?? 0) * weight
  }
  const slopeX = new Float32Array(hill.length)
  const slopeY = new Float32Array(hill.length)
  for (let at = width; at < hill.length - width; at += 1) {
    slopeX[at] = ((hill[at + 1] ?? 0) - (hill[at - 1] ?? 0)) / (2 * COARSE)
    slopeY[at] = ((hill[at + width] ?? 0) - (hill[at - width] ?? 0)) / (2 * COARSE)
  }
  return { slopeX, slopeY, width, height }
}

/** The slope at a pixel of the layer, between the relief's own. */
export function slopeAt(slope: Float32Array, { width, height }: Relief, x: number, y: number): number {
  const [u, v] = [x / COARSE - 0.5, y / COARSE - 0.5]
  const column = Math.min(width - 2, Math.max(0, Math.floor(u)))
  const row = Math.min(height - 2, Math.max(0, Math.floor(v)))
  const [across, down] = [u - column, v - row]
  const at = row * width + column
  const above = (slope[at] ?? 0) * (1 - across) + (slope[at + 1] ?? 0) * across
  const below = (slope[at + width] ?? 0) * (1 - across) + (slope[at + width + 1] ?? 0) * across
  return above * (1 - down) + below * down
}

/** Three box blurs, each across and down: nearly a Gaussian. */
function blur(values: Float32Array, width: number, radius: number): Float32Array {
  const height = values.length / width
  let now = values
  for (let pass = 0; pass < 3; pass += 1) {
    now = boxed(now, { lines: height, length: width, step: 1, stride: width }, radius)
    now = boxed(now, { lines: width, length: height, step: width, stride: 1 }, radius)
  }
  return now
}

type Walk = { lines: number; length: number; step: number; stride: number }

function boxed(values: Float32Array, { lines, length, step, stride }: Walk, radius: number): Float32Array {
  const out = new Float32Array(values.length)
  const span = radius * 2 + 1
  for (let line = 0; line < lines; line += 1) {
    const start = line * stride
    let sum = 0
    for (let at = -radius; at < length; at += 1) {
      if (at + radius < length) sum += values[start + (at + radius) * step] ?? 0
      if (at - radius - 1 >= 0) sum -= values[start + (at - radius - 1) * step] ?? 0
      if (at >= 0) out[start + at * step] = sum / span
    }
  }
  return out
}
