import { Path2D } from '@napi-rs/canvas'
import { brightness, css, mix, rgb, shift, type Rgb } from '@/sandbox/painter/colour'
import { randomOf } from '@/sandbox/painter/random'
import { circle, type Shape, type Stage } from '@/sandbox/painter/stage'
import {
  drawPath,
  groupsOf,
  paintShape,
  pixelsOf,
  roughen,
  scaled,
  type Context,
  type Finished,
} from '@/sandbox/painter/surface'

const HANJI = rgb('#ead9b6')
const LINE = rgb('#2b1d16')
/** The five directions' colours, aged. */
const PIGMENTS = ['#c23b2a', '#22557a', '#e2a53a', '#2f7a5c', '#7fa391', '#d98a6b'].map(rgb)

/** Folk painting: flat mineral colours in dark outlines, a red sun, curled clouds, scaled waves, on old paper. */
export function minhwa(stage: Stage): Finished {
  const { palette, width, height, unit, scene, place } = stage
  const made = scaled(stage, 1)
  const { context } = made
  const ground = scene.colours[0]
    ? mix(HANJI, scene.colours[0], 0.38)
    : palette.isNight
      ? mix(HANJI, rgb('#2c4a68'), 0.62)
      : HANJI
  const aged = context.createRadialGradient(
    width / 2,
    height * 0.45,
    0,
    width / 2,
    height * 0.45,
    Math.max(width, height) * 0.72,
  )
  aged.addColorStop(0, css(mix(ground, [255, 248, 226], 0.4)))
  aged.addColorStop(1, css(mix(ground, [120, 84, 40], 0.2)))
  context.fillStyle = aged
  context.fillRect(0, 0, width, height)
  curledClouds(stage, context)
  for (const shapes of groupsOf(stage.shapes)) {
    const [first] = shapes
    if (first.kind === 'cloud' || first.kind === 'mark') continue
    if (first.kind === 'light' && first.group < 6) sunAndMoon(stage, context, first)
    else if (first.isFading) for (const shape of shapes) paintShape(context, shape)
    else for (const shape of shapes) outlined(stage, context, shape)
  }
  if (!['table', 'city', 'pond'].includes(place)) waves(stage, context)
  border(context, { width, height, unit })
  const pixels = pixelsOf(made)
  roughen(pixels, made.canvas.width, { fine: 12, coarse: 26, cells: 40, seed: stage.seed })
  return pixels
}

function outlined(stage: Stage, context: Context, shape: Shape): void {
  const { path, line, box, kind } = shape
  const isLand = kind === 'land' || kind === 'water' || (kind === 'plant' && shape.group < 50)
  const colour = pigmentOf(stage, shape)
  const gradient = context.createLinearGradient(0, box.y, 0, box.y + box.height)
  gradient.addColorStop(0, css(colour))
  gradient.addColorStop(1, css(isLand ? mix(colour, [246, 236, 208], 0.62) : colour))
  context.fillStyle = gradient
  context.strokeStyle = css(colour)
  drawPath(context, path, line)
  if (line !== undefined) return
  context.strokeStyle = css(LINE, isLand ? 0.75 : 0.9)
  drawPath(context, path, stage.unit * (isLand ? 0.0024 : 0.0022))
}

/** The mineral colour next to a shape's own. */
function pigmentOf({ scene, palette }: Stage, { colour, kind, depth, group }: Shape): Rgb {
  if (kind === 'subject' || kind === 'building' || group >= 50) return shift(colour, { chroma: 1.12 })
  const ruled = scene.colours.length > 0
  const green = mix(rgb('#5d9a8c'), rgb('#1f5a52'), depth)
  const blue = mix(rgb('#7fa3ae'), rgb('#1d4668'), depth)
  const own = kind === 'water' || (group >> 2) % 2 ? blue : green
  return mix(own, colour, ruled ? 0.75 : palette.isNight ? 0.4 : 0.22)
}

function sunAndMoon({ unit, sun, width, palette }: Stage, context: Context, { path }: Shape): void {
  if (!sun) return
  context.fillStyle = css(sun.isMoon ? rgb('#f7eccb') : mix(PIGMENTS[0] ?? LINE, palette.accent, 0.2))
  drawPath(context, path)
  context.strokeStyle = css(LINE, 0.8)
  drawPath(context, path, unit * 0.0024)
  const other = circle(width - sun.x, sun.y, sun.radius * 0.8)
  context.fillStyle = css(sun.isMoon ? mix(PIGMENTS[0] ?? LINE, palette.accent, 0.2) : rgb('#f7eccb'), 0.95)
  if (Math.abs(width - 2 * sun.x) > sun.radius * 3) {
    drawPath(context, other)
    drawPath(context, other, unit * 0.0024)
  }
}

/** Clouds of curls, one stroke each. */
function curledClouds({ unit, width, horizon, seed }: Stage, context: Context): void {
  const random = randomOf(seed)
  for (let at = 0; at < 4; at += 1) {
    const [x, y, size] = [
      width * ((at + 0.2) / 4 + random.range(-0.06, 0.1)),
      horizon * random.range(0.16, 0.6),
      unit * random.range(0.05, 0.08),
    ]
    const colour = [rgb('#f3e7cc'), rgb('#b9cdbd'), rgb('#e6b9a0')][at % 3] ?? HANJI
    for (const [dx, dy, part] of [
      [1.5, 0.25, 0.62],
      [-1.2, 0.25, 0.7],
      [0.5, -0.2, 0.86],
      [-0.4, 0, 1],
    ] as const) {
      const puff = circle(x + dx * size, y + dy * size, part * size * 0.72)
      context.fillStyle = css(colour)
      drawPath(context, puff)
      const curl = new Path2D()
      for (let turn = 0; turn <= 34; turn += 1) {
        const angle = turn * 0.33
        const far = part * size * 0.72 * (1 - turn / 42)
        curl.lineTo(x + dx * size + Math.cos(angle) * far, y + dy * size + Math.sin(angle) * far)
      }
      context.strokeStyle = css(LINE, 0.55)
      drawPath(context, curl, unit * 0.002)
    }
  }
}

/** Rows of scales along the foot of the image. */
function waves({ unit, width, height, palette, scene }: Stage, context: Context): void {
  const radius = unit * 0.052
  const base = scene.colours[0] ?? rgb('#2b5f7c')
  const rings = [1, 0.82, 0.62, 0.42, 0.22]
  for (let row = 0; row < 4; row += 1)
    for (let x = row % 2 ? 0 : -radius; x < width + radius; x += radius * 2)
      for (const [ring, part] of rings.entries()) {
        const colour = ring % 2 ? rgb('#f2e6c8') : mix(base, palette.dark, 0.12 + row * 0.08)
        context.fillStyle = css(brightness(colour) > 0.85 ? mix(colour, HANJI, 0.3) : colour)
        drawPath(context, circle(x, height - radius * 0.9 + row * radius * 0.5, radius * part))
      }
}

function border(
  context: Context,
  { width, height, unit }: { width: number; height: number; unit: number },
): void {
  context.strokeStyle = css(LINE, 0.65)
  context.lineWidth = unit * 0.004
  const inset = unit * 0.022
  context.strokeRect(inset, inset, width - inset * 2, height - inset * 2)
}
