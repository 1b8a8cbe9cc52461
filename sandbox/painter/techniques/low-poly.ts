import { fromLch, mix, shift, toLch, type Rgb } from '@/sandbox/painter/colour'
import { ripple } from '@/sandbox/painter/noise'
import { randomOf } from '@/sandbox/painter/random'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import {
  layer,
  lift,
  paintPlain,
  paintShape,
  pixelsOf,
  scaled,
  type Context,
  type Finished,
} from '@/sandbox/painter/surface'
import { triangulate } from '@/sandbox/painter/triangulate'

const SCALE = 0.3

/** Facets: triangles along the outlines of the scene, each in one colour, lit from one side. */
export function lowPoly(stage: Stage): Finished {
  const { width, height, seed, palette } = stage
  const small = scaled(stage, SCALE)
  const shapes = stage.shapes.filter((shape) => !isLamp(shape))
  paintPlain(small.context, { ...stage, shapes: palette.isNight ? shapes.map(ridged) : shapes })
  const look = pixelsOf(small)
  const [columns, rows] = [small.canvas.width, small.canvas.height]
  const points = facetPoints(stage, look, columns, rows)
  const made = layer(width, height)
  const { context } = made
  const [sx, sy] = [width / columns, height / rows]
  const random = randomOf(seed)
  for (const [a, b, c] of triangulate(points)) {
    const mean = meanColour(look, columns, [a, b, c])
    const colour = palette.isNight ? moonlit(mean) : mean
    const slope =
      ripple(((a[0] + b[0] + c[0]) / columns) * 5, seed, 2) -
      0.5 +
      ripple(((a[1] + b[1] + c[1]) / rows) * 5, seed + 5, 2) -
      0.5
    const lit = mix(
      colour,
      slope > 0 ? [255, 248, 230] : [20, 16, 50],
      Math.min(0.12, Math.abs(slope) * 0.16) + random.range(0, 0.075),
    )
    const style = `rgb(${lit.map(Math.round).join(',')})`
    context.fillStyle = style
    context.strokeStyle = style
    context.lineWidth = 1.2
    context.beginPath()
    context.moveTo(a[0] * sx, a[1] * sy)
    context.lineTo(b[0] * sx, b[1] * sy)
    context.lineTo(c[0] * sx, c[1] * sy)
    context.closePath()
    context.fill()
    context.stroke()
  }
  lamps(stage, made.context)
  return pixelsOf(made)
}

/** Small lights are smaller than a facet: they stay as they are, and what stands before them hides them. */
function isLamp({ kind, group, isFading }: Shape): boolean {
  return kind === 'light' && group > 6 && !isFading
}

function lamps(stage: Stage, context: Context): void {
  const lit = scaled(stage, 1)
  for (const shape of stage.shapes)
    if (isLamp(shape)) paintShape(lit.context, shape)
    else if (shape.group > 6) lift(lit.context, shape, 1)
  context.drawImage(lit.canvas, 0, 0)
}

/** Land whose ridge the moon lights before the dark foot of the one behind. */
function ridged(shape: Shape): Shape {
  if (shape.kind !== 'land') return shape
  const { colour, box, depth } = shape
  const lit = {
    colour: shift(colour, { light: 0.07 + depth * 0.17 }),
    to: shift(colour, { light: depth * 0.08 - 0.07 }),
  }
  return { ...shape, ...lit, box: { ...box, height: box.height * 0.45 } }
}

/** Dark colours drawn apart, or ridge lies on ridge as one mud. */
function moonlit(colour: Rgb): Rgb {
  const [light, chroma, hue] = toLch(colour)
  return fromLch([Math.min(1, Math.max(0.16, light * 1.5 - 0.12)), chroma * 1.15, hue])
}

type Point = readonly [number, number]

/** Many points along edges, few in plains, all round the frame. */
function facetPoints(
  { seed, focus, palette }: Stage,
  look: Uint8ClampedArray,
  columns: number,
  rows: number,
): Point[] {
  const random = randomOf(seed ^ 0x5bd1)
  const points: Point[] = []
  const least = palette.isNight ? 16 : 40
  const taken = new Uint8Array(columns * rows)
  const claim = (x: number, y: number, gap: number): void => {
    for (let dy = -gap; dy <= gap; dy += 1)
      for (let dx = -gap; dx <= gap; dx += 1) {
        const [px, py] = [x + dx, y + dy]
        if (px >= 0 && py >= 0 && px < columns && py < rows) taken[py * columns + px] = 1
      }
    points.push([x + random.range(-0.3, 0.3), y + random.range(-0.3, 0.3)])
  }
  const edgeAt = (x: number, y: number): number => {
    const at = (y * columns + x) * 4
    let sum = 0
    for (let channel = 0; channel < 3; channel += 1) {
      const own = look[at + channel] ?? 0
      sum +=
        Math.abs(own - (look[at + 8 + channel] ?? own)) +
        Math.abs(own - (look[at + columns * 8 + channel] ?? own))
    }
    return sum
  }
  const seek = ({
    tries,
    gap,
    most,
    box: [left, top, right, bottom],
  }: {
    tries: number
    gap: number
    most: number
    box: number[]
  }): void => {
    for (let at = 0; at < tries && points.length < most; at += 1) {
      const x = random.int(Math.max(1, left ?? 1), Math.min(columns - 4, right ?? columns))
      const y = random.int(Math.max(1, top ?? 1), Math.min(rows - 4, bottom ?? rows))
      if (!taken[y * columns + x] && edgeAt(x, y) > least) claim(x, y, gap)
    }
  }
  const { x, y, radius } = { x: focus.x * SCALE, y: focus.y * SCALE, radius: focus.radius * SCALE * 1.25 }
  seek({
    tries: 9000,
    gap: 2,
    most: 1300,
    box: [x - radius, y - radius, x + radius, y + radius].map(Math.round),
  })
  seek({ tries: 7000, gap: 5, most: 1900, box: [1, 1, columns, rows] })
  for (let tries = 0; tries < 3000; tries += 1) {
    const [px, py] = [random.int(0, columns - 1), random.int(0, rows - 1)]
    if (!taken[py * columns + px]) claim(px, py, 15)
  }
  for (let part = 0; part <= 1; part += 1 / 12)
    points.push(
      [part * columns, -2],
      [part * columns, rows + 2],
      [-2, part * rows],
      [columns + 2, part * rows],
    )
  return points.map(([x, y], at) => [x + at * 1e-5, y + ((at * 7919) % 101) * 1e-5] as const)
}

function meanColour(look: Uint8ClampedArray, columns: number, [a, b, c]: [Point, Point, Point]): Rgb {
  const sum: [number, number, number] = [0, 0, 0]
  const spots = [
    [1 / 3, 1 / 3],
    [0.6, 0.2],
    [0.2, 0.6],
    [0.2, 0.2],
  ] as const
  for (const [u, v] of spots) {
    const x = Math.min(columns - 1, Math.max(0, Math.round(a[0] + (b[0] - a[0]) * u + (c[0] - a[0]) * v)))
    const y = Math.max(0, Math.round(a[1] + (b[1] - a[1]) * u + (c[1] - a[1]) * v))
    const at = Math.min(look.length - 4, (y * columns + x) * 4)
    for (const channel of [0, 1, 2] as const) sum[channel] += (look[at + channel] ?? 0) / spots.length
  }
  return sum
}
