import { css, shift, toLch, type Rgb } from '@/sandbox/painter/colour'
import { cloudTile, sampleTile } from '@/sandbox/painter/noise'
import { randomOf } from '@/sandbox/painter/random'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import { drawPath, layer, paintPlain, pixelsOf, scaled, type Finished } from '@/sandbox/painter/surface'

const REGIONS = 256

type Cells = { owner: Int32Array; columns: number; rows: number; count: number }

/** Panes of glass whose leading follows the outlines of the scene, lit from behind. */
export function stainedGlass(stage: Stage): Finished {
  const { width, height, seed, unit } = stage
  const plain = scaled(stage, 0.5)
  paintPlain(plain.context, stage)
  const look = pixelsOf(plain)
  const regions = regionsOf(stage)
  const cells = cutGlass(stage, regions, plain.canvas.width, plain.canvas.height)
  const colours = paneColours(look, cells, seed)
  const leads = leadMask(cells, { width, height, line: unit * 0.0034 })
  const pixels = glassPixels(stage, { cells, colours, leads })
  const made = layer(width, height)
  const image = made.context.createImageData(width, height)
  image.data.set(pixels)
  made.context.putImageData(image, 0, 0)
  details(stage, made.context)
  const small = layer(width / 8, height / 8)
  small.context.drawImage(made.canvas, 0, 0, small.canvas.width, small.canvas.height)
  made.context.globalCompositeOperation = 'screen'
  made.context.globalAlpha = 0.3
  made.context.drawImage(small.canvas, 0, 0, width, height)
  made.context.globalAlpha = 1
  made.context.globalCompositeOperation = 'source-over'
  made.context.strokeStyle = '#15131a'
  made.context.lineWidth = unit * 0.022
  made.context.strokeRect(0, 0, width, height)
  return pixelsOf(made)
}

function isPane(stage: Stage, { path, kind, line, isFading }: Shape): boolean {
  if (line !== undefined || kind === 'mark' || isFading) return false
  const [left, top, right, bottom] = path.getBounds()
  return (right - left) * (bottom - top) > stage.unit * stage.unit * (kind === 'light' ? 0.004 : 0.0022)
}

/** The parts of a thing, each one pane, unless it is so large that no glazier could cut it. */
function wholePanes(stage: Stage): Set<number> {
  const panes = stage.shapes.filter((shape) => isPane(stage, shape))
  return new Set(
    panes.flatMap(({ path, kind }, at) => {
      const [left, top, right, bottom] = path.getBounds()
      const isCuttable = (right - left) * (bottom - top) < stage.unit * stage.unit * 0.6
      return kind === 'subject' && isCuttable ? [at + 1] : []
    }),
  )
}

/** A number for every point at half size: the shape that is seen there. */
function regionsOf(stage: Stage): Int32Array {
  const made = scaled(stage, 0.5)
  const { context } = made
  context.fillStyle = 'rgb(0,0,0)'
  context.fillRect(0, 0, stage.width, stage.height)
  const panes = stage.shapes.filter((shape) => isPane(stage, shape))
  for (const [at, { path }] of panes.entries()) {
    context.fillStyle = `rgb(${((at + 1) & 15) * 16},${((at + 1) >> 4) * 16},0)`
    drawPath(context, path)
  }
  const pixels = pixelsOf(made)
  const regions = new Int32Array(pixels.length / 4)
  for (let at = 0, last = 0; at < regions.length; at += 1) {
    const [low, high] = [pixels[at * 4] ?? 0, pixels[at * 4 + 1] ?? 0]
    if ((low & 15) === 0 && (high & 15) === 0) last = (low >> 4) | high
    regions[at] = last
  }
  return regions
}

type Seed = { x: number; y: number; region: number; id: number }
type Grid = { buckets: Seed[][]; pitch: number; wide: number; tall: number; count: number }

/** Gives each point to the nearest seed of its own region. */
function cutGlass(stage: Stage, regions: Int32Array, columns: number, rows: number): Cells {
  const grid = sown(stage, regions, columns, rows)
  const owner = new Int32Array(columns * rows)
  for (let y = 0, at = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1, at += 1) owner[at] = nearestSeed(grid, x, y, regions[at] ?? 0)
  return { owner, columns, rows, count: grid.count + REGIONS }
}

/** One seed for each region in each square of a grid; what is whole has none. */
function sown(stage: Stage, regions: Int32Array, columns: number, rows: number): Grid {
  const random = randomOf(stage.seed)
  const whole = wholePanes(stage)
  const pitch = Math.round(Math.min(columns, rows) / 8)
  const [wide, tall] = [Math.ceil(columns / pitch), Math.ceil(rows / pitch)]
  const buckets: Seed[][] = Array.from({ length: wide * tall }, () => [])
  let count = 0
  for (const [at, bucket] of buckets.entries())
    for (let tries = 0; tries < 9; tries += 1) {
      const x = Math.min(columns - 1, Math.floor(((at % wide) + random.next()) * pitch))
      const y = Math.min(rows - 1, Math.floor((Math.floor(at / wide) + random.next()) * pitch))
      const region = regions[y * columns + x] ?? 0
      if (whole.has(region) || bucket.some((planted) => planted.region === region)) continue
      bucket.push({ x, y, region, id: count })
      count += 1
    }
  return { buckets, pitch, wide, tall, count }
}

/** The nearest seed of the region near a point; a small region without one is a pane by itself. */
function nearestSeed(
  { buckets, pitch, wide, tall, count }: Grid,
  x: number,
  y: number,
  region: number,
): number {
  const [row, column] = [Math.floor(y / pitch), Math.floor(x / pitch)]
  let least = Infinity
  let best = count + (region % REGIONS)
  for (let side = 0; side < 9; side += 1) {
    const [across, down] = [column + (side % 3) - 1, row + Math.floor(side / 3) - 1]
    if (across < 0 || down < 0 || across >= wide || down >= tall) continue
    for (const planted of buckets[down * wide + across] ?? []) {
      const distance = (planted.x - x) ** 2 + (planted.y - y) ** 2
      if (planted.region !== region || distance >= least) continue
      least = distance
      best = planted.id
    }
  }
  return best
}

function paneColours(look: Uint8ClampedArray, { owner, count }: Cells, seed: number): Rgb[] {
  const sums = new Float64Array(count * 4)
  for (let at = 0; at < owner.length; at += 1) {
    const id = owner[at] ?? 0
    for (let channel = 0; channel < 3; channel += 1)
      sums[id * 4 + channel] = (sums[id * 4 + channel] ?? 0) + (look[at * 4 + channel] ?? 0)
    sums[id * 4 + 3] = (sums[id * 4 + 3] ?? 0) + 1
  }
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, id) => {
    const total = sums[id * 4 + 3] || 1
    const mean: Rgb = [
      (sums[id * 4] ?? 0) / total,
      (sums[id * 4 + 1] ?? 0) / total,
      (sums[id * 4 + 2] ?? 0) / total,
    ]
    const [light] = toLch(mean)
    const deeper = light > 0.84 ? -0.1 : 0
    return shift(mean, { chroma: 1.6, light: random.range(-0.08, 0.05) + deeper, hue: random.range(-9, 9) })
  })
}

/** Where the lead runs: 255 in the middle of a came, 0 in the glass. */
function leadMask(
  { owner, columns, rows }: Cells,
  { width, height, line }: { width: number; height: number; line: number },
): Uint8ClampedArray {
  const edges = layer(columns, rows)
  const image = edges.context.createImageData(columns, rows)
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const at = y * columns + x
      if (
        owner[at] !== owner[at + 1] ||
        owner[at] !== owner[at + columns] ||
        owner[at] !== owner[at + columns + 1]
      )
        image.data[at * 4 + 3] = 255
    }
  edges.context.putImageData(image, 0, 0)
  const made = layer(width, height)
  made.context.filter = `blur(${line.toFixed(1)}px)`
  made.context.drawImage(edges.canvas, 0, 0, width, height)
  return pixelsOf(made)
}

function glassPixels(
  { width, height, sun, unit, seed }: Stage,
  { cells, colours, leads }: { cells: Cells; colours: Rgb[]; leads: Uint8ClampedArray },
): Uint8ClampedArray {
  const out = new Uint8ClampedArray(width * height * 4)
  const [cloud, fine] = [cloudTile(20, 4), cloudTile(70, 2)]
  const { owner, columns, rows } = cells
  const [lx, ly] = [sun?.x ?? width * 0.6, sun?.y ?? height * 0.25]
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const id = owner[Math.min(rows - 1, y >> 1) * columns + Math.min(columns - 1, x >> 1)] ?? 0
      const colour = colours[id] ?? [0, 0, 0]
      const cover = Math.min(1, Math.max(0, ((leads[at + 3] ?? 0) - 26) / 34))
      const far = ((x - lx) ** 2 + (y - ly) ** 2) / (unit * unit)
      const lit = 1.02 + 0.34 / (1 + far * 6)
      const texture =
        0.78 +
        0.36 * sampleTile(cloud, x + id * 53, y + seed) +
        0.1 * (sampleTile(fine, x, y + id * 31) - 0.5)
      const bevel = 1 - Math.min(0.34, (leads[at + 3] ?? 0) / 200)
      const shineOfLead = 20 + 16 * sampleTile(fine, x, y)
      for (const channel of [0, 1, 2] as const)
        out[at + channel] = colour[channel] * texture * lit * bevel * (1 - cover) + shineOfLead * cover
      out[at + 3] = 255
    }
  return out
}

/** What is too small to be a pane is painted on the glass. */
function details(stage: Stage, context: ReturnType<typeof layer>['context']): void {
  for (const shape of stage.shapes) {
    if (
      isPane(stage, shape) ||
      (shape.kind !== 'subject' && shape.kind !== 'building' && shape.kind !== 'plant')
    )
      continue
    const isRod = shape.line !== undefined && shape.line > stage.unit * 0.012
    context.strokeStyle = '#1a181f'
    if (isRod) drawPath(context, shape.path, (shape.line ?? 0) + stage.unit * 0.014)
    context.fillStyle = css(shape.colour, 0.9)
    context.strokeStyle = context.fillStyle
    drawPath(context, shape.path, shape.line)
  }
}
