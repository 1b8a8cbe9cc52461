import { brightness, css, mix, rgb, shift, WHITE, type Rgb } from '@/sandbox/painter/colour'
import { ripple } from '@/sandbox/painter/noise'
import { randomOf } from '@/sandbox/painter/random'
import { circle, polygon, type Shape, type Stage } from '@/sandbox/painter/stage'
import {
  drawPath,
  groupsOf,
  lift,
  paintShape,
  scaled,
  type Context,
  type Finished,
} from '@/sandbox/painter/surface'
import { washed } from '@/sandbox/painter/techniques/wash'

const PAPER = rgb('#fcf9f2')

/** Transparent washes that run at their edges, blooms in the sky, splashes, and white paper round it all. */
export function watercolour(stage: Stage): Finished {
  const made = scaled(stage, 1)
  const { context } = made
  skyWash(stage, context)
  for (const shapes of groupsOf(stage.shapes)) paintGroup(stage, context, shapes)
  splashes(stage, context)
  ragged(stage, context)
  return washed(made, {
    paper: PAPER,
    wander: stage.unit * 0.012,
    edge: 1.1,
    granulation: 0.42,
    dry: 0.12,
    seed: stage.seed & 511,
  })
}

/** Paint that water has thinned: purer, and paler than its colour. */
function thinned(colour: Rgb): Rgb {
  return shift(colour, { chroma: 1.3, light: 0.01 })
}

function skyWash(stage: Stage, context: Context): void {
  const { width, height, horizon, unit, palette, sun } = stage
  const random = randomOf(stage.seed)
  const strength = palette.isNight ? 0.9 : 0.62
  const sky = context.createLinearGradient(0, 0, 0, horizon * 1.1)
  sky.addColorStop(0, css(thinned(palette.sky[0]), strength))
  sky.addColorStop(0.5, css(thinned(palette.sky[1]), strength * 0.85))
  sky.addColorStop(1, css(thinned(palette.sky[2]), strength * 0.7))
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  context.filter = `blur(${(unit * 0.02).toFixed(1)}px)`
  for (let bloom = 0; bloom < 9; bloom += 1) {
    const colour = random.pick([palette.sky[0], palette.sky[1], WHITE, palette.accent])
    context.fillStyle = css(colour, colour === WHITE ? 0.4 : 0.16)
    drawPath(
      context,
      puddle(
        { x: width * random.next(), y: horizon * random.next(), radius: unit * random.range(0.06, 0.2) },
        random.int(0, 999),
      ),
    )
  }
  context.filter = 'none'
  if (!sun) return
  context.globalCompositeOperation = 'destination-out'
  const halo = context.createRadialGradient(sun.x, sun.y, 0, sun.x, sun.y, sun.radius * 2.4)
  halo.addColorStop(0, 'rgba(0,0,0,0.9)')
  halo.addColorStop(1, 'rgba(0,0,0,0)')
  context.fillStyle = halo
  context.fillRect(0, 0, width, height)
  context.globalCompositeOperation = 'source-over'
}

function paintGroup({ unit, palette }: Stage, context: Context, shapes: [Shape, ...Shape[]]): void {
  const [first] = shapes
  if (first.kind === 'cloud') {
    context.filter = `blur(${(unit * 0.008).toFixed(1)}px)`
    context.globalCompositeOperation = first.group > 2 ? 'destination-out' : 'source-over'
  }
  const isThing = first.kind === 'subject' || first.kind === 'building'
  for (const shape of shapes) {
    if (shape.isFading) {
      paintShape(context, shape)
      continue
    }
    if (isThing) lift(context, shape, 0.86)
    const style = styleOf(context, shape, palette.isNight)
    context.fillStyle = style
    context.strokeStyle = style
    drawPath(context, shape.path, shape.line)
  }
  context.filter = 'none'
  context.globalCompositeOperation = 'source-over'
}

function styleOf(
  context: Context,
  { colour, to, box, kind, depth, alpha = 1 }: Shape,
  isNight: boolean,
): CanvasGradient {
  const own = thinned(colour)
  const strength =
    kind === 'light'
      ? 0.75
      : kind === 'subject' || kind === 'building'
        ? 0.93 - brightness(colour) * 0.22
        : (isNight ? 0.85 : 0.68) + depth * 0.14
  const gradient = context.createLinearGradient(box.x, box.y, box.x + box.width * 0.12, box.y + box.height)
  gradient.addColorStop(0, css(own, alpha * strength))
  const isThing = kind === 'subject' || kind === 'building'
  gradient.addColorStop(
    1,
    css(
      to ? thinned(mix(colour, to, 0.6)) : shift(own, { light: isThing ? 0.05 : 0 }),
      alpha * strength * (isThing ? 0.86 : 0.5),
    ),
  )
  return gradient
}

function puddle({ x, y, radius }: { x: number; y: number; radius: number }, seed: number) {
  return polygon(
    Array.from({ length: 26 }, (_, at) => {
      const angle = (at / 26) * Math.PI * 2
      const far = radius * (0.6 + 0.8 * ripple(1.5 + Math.cos(angle) + Math.sin(angle) * 0.7, seed, 3))
      return [x + Math.cos(angle) * far, y + Math.sin(angle) * far] as const
    }),
  )
}

function splashes({ width, height, unit, palette, seed }: Stage, context: Context): void {
  const random = randomOf(seed ^ 77)
  for (let at = 0; at < 34; at += 1) {
    context.fillStyle = css(
      random.pick([palette.accent, palette.land[1], palette.sky[0], palette.land[2]]),
      random.range(0.14, 0.5),
    )
    drawPath(
      context,
      circle(width * random.next(), height * random.next(), unit * random.range(0.0012, 0.006)),
    )
  }
}

/** The paint ends in a ragged edge before the paper does. */
function ragged({ width, height, unit, seed }: Stage, context: Context): void {
  const inset = unit * 0.035
  const at = (part: number, side: number) => inset + unit * 0.06 * (ripple(part * 5, seed + side, 2) - 0.35)
  const frame: [number, number][] = []
  const steps = Array.from({ length: 37 }, (_, step) => (step + 2) / 40)
  for (const part of steps) frame.push([width * part, at(part, 1)])
  for (const part of steps) frame.push([width - at(part, 2), height * part])
  for (const part of steps.toReversed()) frame.push([width * part, height - at(part, 3)])
  for (const part of steps.toReversed()) frame.push([at(part, 4), height * part])
  context.globalCompositeOperation = 'destination-in'
  context.fillStyle = '#000'
  drawPath(context, polygon(frame))
  context.globalCompositeOperation = 'source-over'
}
