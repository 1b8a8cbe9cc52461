import { brightness, css, mix, rgb, shift, toLch, type Rgb } from '@/sandbox/painter/colour'
import { randomOf } from '@/sandbox/painter/random'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import { drawPath, groupsOf, lift, scaled, type Context, type Finished } from '@/sandbox/painter/surface'
import { washed } from '@/sandbox/painter/techniques/wash'

const PAPER = rgb('#efe9dc')
const INK = rgb('#1b2022')

/** Ink on soft paper: washes that fade into mist, few dark strokes, a touch of colour, a seal. */
export function ink(stage: Stage): Finished {
  const made = scaled(stage, 1)
  const { context } = made
  const tint = stage.scene.colours[0]
  const ground = tint ? mix(PAPER, shift(tint, { light: 0.3, chroma: 0.5 }), 0.2) : PAPER
  const pigment = tint ? mix(INK, shift(tint, { light: -0.18 }), 0.5) : INK
  if (stage.palette.isNight) nightWash(stage, context, pigment)
  for (const shapes of groupsOf(stage.shapes)) paintGroup(stage, context, shapes, pigment)
  seal(stage, context)
  return washed(made, {
    paper: ground,
    wander: stage.unit * 0.011,
    edge: 0.9,
    granulation: 0.55,
    dry: 0.5,
    seed: stage.seed & 511,
  })
}

function nightWash({ width, height, horizon }: Stage, context: Context, pigment: Rgb): void {
  const gradient = context.createLinearGradient(0, 0, 0, horizon)
  gradient.addColorStop(0, css(pigment, 0.62))
  gradient.addColorStop(1, css(pigment, 0.06))
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
}

function paintGroup(stage: Stage, context: Context, shapes: [Shape, ...Shape[]], pigment: Rgb): void {
  const [first] = shapes
  if (first.kind === 'light') return light(stage, context, shapes)
  if (first.kind === 'mark') return marks(context, shapes, pigment)
  if (first.kind === 'cloud') return
  if (first.kind === 'land' || first.kind === 'water') return mountain(stage, context, first, pigment)
  if (first.kind === 'plant' && shapes.length === 1) return mountain(stage, context, first, pigment)
  thing(stage, context, shapes, pigment)
}

/** Rings in water, rain and joints of stone as a thin brush leaves them; dots would be flaws of the paper. */
function marks(context: Context, shapes: Shape[], pigment: Rgb): void {
  context.strokeStyle = css(pigment, 0.2)
  for (const { path, line } of shapes) if (line !== undefined) drawPath(context, path, line)
}

function light({ palette, sun }: Stage, context: Context, [first, ...rest]: [Shape, ...Shape[]]): void {
  if (first.group > 5) {
    context.fillStyle = css(PAPER, 0.5)
    for (const shape of [first, ...rest]) drawPath(context, shape.path)
    return
  }
  context.globalCompositeOperation = sun?.isMoon ? 'destination-out' : 'source-over'
  context.fillStyle = sun?.isMoon ? css(PAPER, 0.9) : css(mix(rgb('#b23f2c'), palette.accent, 0.25), 0.82)
  drawPath(context, first.path)
  context.globalCompositeOperation = 'source-over'
}

/** Dark along the ridge, gone at the foot, with strokes down the slope. */
function mountain(
  { unit, height }: Stage,
  context: Context,
  { path, box, depth, kind }: Shape,
  pigment: Rgb,
): void {
  const strength = kind === 'water' ? 0.1 + depth * 0.16 : 0.1 + depth * depth * 0.82
  const fall = Math.min(height - box.y, box.height * (kind === 'water' ? 0.9 : 0.62))
  const gradient = context.createLinearGradient(0, box.y, 0, box.y + fall)
  gradient.addColorStop(0, css(pigment, strength))
  gradient.addColorStop(0.45, css(pigment, strength * 0.55))
  gradient.addColorStop(1, css(pigment, strength * 0.03))
  context.save()
  context.globalCompositeOperation = 'destination-out'
  const mist = context.createLinearGradient(0, box.y, 0, box.y + fall)
  mist.addColorStop(0, 'rgba(0,0,0,0.75)')
  mist.addColorStop(1, 'rgba(0,0,0,0.92)')
  context.fillStyle = mist
  drawPath(context, path)
  context.restore()
  context.filter = `blur(${(unit * 0.006 * (1 - depth)).toFixed(1)}px)`
  context.fillStyle = gradient
  drawPath(context, path)
  context.filter = 'none'
  context.strokeStyle = css(pigment, strength * 0.55)
  drawPath(context, path, unit * (0.0015 + depth * 0.0025))
}

function thing({ unit, palette }: Stage, context: Context, shapes: Shape[], pigment: Rgb): void {
  for (const shape of shapes) {
    const dark = 1 - brightness(shape.colour)
    lift(context, shape, 1)
    if (dark > 0.62 && shape.line === undefined) lift(context, { ...shape, line: unit * 0.005 }, 0.6)
    const [, chroma] = toLch(shape.colour)
    const isBright = chroma > 0.17 && dark < 0.7
    const share = palette.isNight ? 0.3 : isBright ? 0.92 : dark > 0.62 ? 0.12 : 0.72
    const hue = mix(pigment, shift(shape.colour, { chroma: 0.85 }), share)
    const load = dark > 0.62 ? 0.5 + dark * 0.42 : dark < 0.2 ? 0.05 : 0.2 + dark * 0.55 + chroma
    const style = strokeOf(context, shape, hue, Math.min(0.93, load))
    context.fillStyle = style
    context.strokeStyle = style
    drawPath(context, shape.path, shape.line)
    if (shape.line === undefined && dark < 0.62) {
      context.strokeStyle = css(pigment, 0.72)
      drawPath(context, shape.path, unit * 0.0026)
    }
  }
}

/** A brush that is full where it sets down and lighter where it leaves. */
function strokeOf(context: Context, { box }: Shape, colour: Rgb, load: number): CanvasGradient {
  const gradient = context.createLinearGradient(box.x, box.y, box.x + box.width * 0.5, box.y + box.height)
  gradient.addColorStop(0, css(colour, load))
  gradient.addColorStop(0.6, css(colour, load * 0.82))
  gradient.addColorStop(1, css(colour, load * 0.35))
  return gradient
}

/** A red seal in the corner that the image leaves empty. */
function seal({ width, height, unit, seed, focus }: Stage, context: Context): void {
  const random = randomOf(seed)
  const size = unit * 0.05
  const x = focus.x > width / 2 ? unit * 0.06 : width - unit * 0.06 - size
  const y = height - unit * 0.06 - size * 1.1
  context.fillStyle = css(rgb('#ac2f24'), 0.92)
  context.fillRect(x, y, size, size * 1.1)
  context.strokeStyle = css(PAPER, 0.95)
  context.lineWidth = size * 0.075
  context.lineCap = 'square'
  context.beginPath()
  for (let column = 0; column < 2; column += 1)
    for (let row = 0; row < 2; row += 1) {
      const [left, top, part] = [
        x + size * (0.16 + column * 0.4),
        y + size * (0.18 + row * 0.44),
        size * 0.28,
      ]
      context.moveTo(left, top + part * random.next())
      context.lineTo(left + part, top + part * random.next())
      context.moveTo(left + part * random.next(), top)
      context.lineTo(left + part * random.next(), top + part)
      context.moveTo(left, top + part)
      context.lineTo(left + part, top + part)
    }
  context.stroke()
}
