import { brightness, mix, type Rgb } from '@/sandbox/painter/colour'
import type { Stage } from '@/sandbox/painter/stage'
import { layer, paintPlain, paintShape, pixelsOf, scaled, type Finished } from '@/sandbox/painter/surface'

const ROWS = 104
const COLOURS = 22
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

/** A small image in few colours, dithered, each of its pixels a square. */
export function pixelArt(stage: Stage): Finished {
  const { width, height, unit } = stage
  const cell = Math.max(1, Math.round(unit / ROWS))
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)]
  const small = layer(columns, rows)
  const big = scaled(stage, 0.5)
  paintPlain(big.context, stage)
  big.context.shadowColor = 'transparent'
  for (const shape of stage.shapes.filter(({ kind }) => kind === 'subject'))
    paintShape(big.context, shape, true)
  small.context.drawImage(
    big.canvas,
    0,
    0,
    (columns * cell * big.canvas.width) / width,
    (rows * cell * big.canvas.height) / height,
    0,
    0,
    columns,
    rows,
  )
  const look = pixelsOf(small)
  const colours = chooseColours(look)
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const at = (y * columns + x) * 4
      const push = ((BAYER[(y & 3) * 4 + (x & 3)] ?? 0) / 16 - 0.47) * 20
      const [red, green, blue] = nearest(colours, [
        (look[at] ?? 0) + push,
        (look[at + 1] ?? 0) + push,
        (look[at + 2] ?? 0) + push,
      ])
      look[at] = red
      look[at + 1] = green
      look[at + 2] = blue
      look[at + 3] = 255
    }
  return enlarged(look, columns, { width, height, cell })
}

function enlarged(
  look: Uint8ClampedArray,
  columns: number,
  { width, height, cell }: { width: number; height: number; cell: number },
): Finished {
  const from = new Uint32Array(look.buffer, look.byteOffset, look.length / 4)
  const to = new Uint32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell) * columns
    for (let x = 0; x < width; x += 1) to[y * width + x] = from[row + Math.floor(x / cell)] ?? 0
  }
  return new Uint8ClampedArray(to.buffer)
}

/** Splits the image's colours at their widest until there are enough (median cut), and lifts the contrast a little. */
function chooseColours(look: Uint8ClampedArray): Rgb[] {
  const all: Rgb[] = []
  for (let at = 0; at < look.length; at += 4) all.push([look[at] ?? 0, look[at + 1] ?? 0, look[at + 2] ?? 0])
  let boxes = [all]
  while (boxes.length < COLOURS) {
    const widest = boxes.map((box) => ({ box, ...spreadOf(box) })).sort((a, b) => b.score - a.score)[0]
    if (!widest || widest.box.length < 2) break
    const sorted = widest.box.toSorted((a, b) => a[widest.channel] - b[widest.channel])
    const half = sorted.length >> 1
    boxes = [...boxes.filter((box) => box !== widest.box), sorted.slice(0, half), sorted.slice(half)]
  }
  return boxes.map((box) => {
    const mean = meanOf(box)
    return mix(mean, brightness(mean) > 0.5 ? [255, 250, 235] : [16, 10, 40], 0.07)
  })
}

function spreadOf(box: Rgb[]): { channel: 0 | 1 | 2; score: number } {
  const ranges = ([0, 1, 2] as const).map((channel) => {
    let [least, most] = [255, 0]
    for (const colour of box) {
      least = Math.min(least, colour[channel])
      most = Math.max(most, colour[channel])
    }
    return { channel, score: (most - least) * box.length ** 0.35 }
  })
  return ranges.sort((a, b) => b.score - a.score)[0] ?? { channel: 0, score: 0 }
}

function meanOf(box: Rgb[]): Rgb {
  const sum: [number, number, number] = [0, 0, 0]
  for (const colour of box)
    for (const channel of [0, 1, 2] as const) sum[channel] += colour[channel] / box.length
  return sum
}

function nearest(colours: Rgb[], [red, green, blue]: Rgb): Rgb {
  let best: Rgb = [0, 0, 0]
  let least = Infinity
  for (const colour of colours) {
    const [dr, dg, db] = [colour[0] - red, colour[1] - green, colour[2] - blue]
    const distance = dr * dr * 0.6 + dg * dg + db * db * 0.5
    if (distance < least) {
      least = distance
      best = colour
    }
  }
  return best
}
