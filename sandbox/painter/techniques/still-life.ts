import { css, mix, shift, type Rgb } from '@/sandbox/painter/colour'
import { reliefOf, slopeAt } from '@/sandbox/painter/relief'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import {
  glow,
  groupsOf,
  layer,
  paintShape,
  pixelsOf,
  roughen,
  scaled,
  type Context,
  type Finished,
  type Layer,
} from '@/sandbox/painter/surface'
import { soft } from '@/sandbox/painter/techniques/soft'

/** Things on a table before a wall: rounded by one window's light, each with its own shadow. */
export function stillLife(stage: Stage): Finished {
  const things = stage.shapes.filter(({ group }) => group >= 50)
  if (things.length === 0 || stage.sun) return soft(stage)
  const { width, height, unit, seed } = stage
  const made = scaled(stage, 1)
  room(stage, made.context)
  const side = stage.focus.x > width / 2 ? -1 : 1
  for (const shapes of groupsOf(things)) {
    shadows(stage, made.context, shapes, side)
    const form = rounded(stage, shapes, side)
    made.context.drawImage(form.layer.canvas, form.x, form.y, form.width, form.height)
  }
  windowLight(stage, made.context, side)
  vignette(made.context, { width, height, unit })
  const pixels = pixelsOf(made)
  roughen(pixels, made.canvas.width, { fine: 12, coarse: 5, cells: 20, seed })
  return pixels
}

function room({ width, height, horizon, unit, palette }: Stage, context: Context): void {
  const wall = shift(mix(palette.sky[1], palette.land[0], 0.4), { light: -0.06, chroma: 0.8 })
  const low = shift(wall, { light: 0.1 })
  const gradient = context.createLinearGradient(0, 0, width, horizon)
  gradient.addColorStop(0, css(low))
  gradient.addColorStop(1, css(shift(wall, { light: -0.08 })))
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
  const top = mix(palette.land[0], palette.paper, 0.52)
  const board = context.createLinearGradient(0, horizon, 0, height)
  board.addColorStop(0, css(shift(top, { light: -0.06 })))
  board.addColorStop(0.3, css(top))
  board.addColorStop(1, css(shift(top, { light: -0.1 })))
  context.fillStyle = board
  context.fillRect(0, horizon, width, height - horizon)
  context.filter = `blur(${(unit * 0.008).toFixed(1)}px)`
  context.fillStyle = css(palette.dark, 0.2)
  context.fillRect(-unit, horizon - unit * 0.006, width + unit * 2, unit * 0.012)
  context.filter = 'none'
}

/** A dark contact below the thing and its long soft shadow over the table. */
function shadows(
  { palette, unit }: Stage,
  context: Context,
  shapes: [Shape, ...Shape[]],
  side: number,
): void {
  const { box } = shapes[0]
  const foot = box.y + box.height
  context.save()
  context.filter = `blur(${(unit * 0.016).toFixed(1)}px)`
  context.fillStyle = css(palette.dark, 0.34)
  context.beginPath()
  context.ellipse(
    box.x + box.width * (0.5 + side * 0.34),
    foot - box.height * 0.02,
    box.width * 0.52,
    box.height * 0.075,
    side * 0.04,
    0,
    Math.PI * 2,
  )
  context.fill()
  context.filter = `blur(${(unit * 0.006).toFixed(1)}px)`
  context.fillStyle = css(palette.dark, 0.55)
  context.beginPath()
  context.ellipse(
    box.x + box.width / 2,
    foot - box.height * 0.006,
    box.width * 0.34,
    box.height * 0.026,
    0,
    0,
    Math.PI * 2,
  )
  context.fill()
  context.restore()
}

type Form = { layer: Layer; x: number; y: number; width: number; height: number }

/** The thing as if it had volume: its outline swollen into a relief, and the relief lit from one side. */
function rounded({ palette }: Stage, shapes: [Shape, ...Shape[]], side: number): Form {
  const { box } = shapes[0]
  const margin = box.height * 0.24
  const frame = {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + margin * 2,
    height: box.height + margin * 2,
  }
  const scale = Math.min(1, 560 / frame.height)
  const made = layer(frame.width * scale, frame.height * scale)
  const draw = (context: Context, paintOne: (shape: Shape) => void): void => {
    context.setTransform(scale, 0, 0, scale, -frame.x * scale, -frame.y * scale)
    for (const shape of shapes) paintOne(shape)
  }
  draw(made.context, (shape) => paintShape(made.context, shape))
  made.context.resetTransform()
  const relief = reliefOf(made, box.height * scale)
  const { width, height } = made.canvas
  const image = made.context.getImageData(0, 0, width, height)
  const pixels = image.data
  const warm = mix([255, 250, 240], palette.light, 0.5)
  const cool = mix(palette.dark, palette.sky[0], 0.35)
  const steep = box.height * scale * 0.55
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      if (!pixels[at + 3]) continue
      const slopeX = slopeAt(relief.slopeX, relief, x, y) * steep
      const slopeY = slopeAt(relief.slopeY, relief, x, y) * steep
      lightPixel(pixels, at, { slopeX, slopeY, side, warm, cool })
    }
  made.context.putImageData(image, 0, 0)
  return { layer: made, ...frame }
}

type Lighting = { slopeX: number; slopeY: number; side: number; warm: Rgb; cool: Rgb }

/** Shades one pixel by how its surface turns to the window: cool in shadow, warm and at last white in the light. */
function lightPixel(
  pixels: Uint8ClampedArray,
  at: number,
  { slopeX, slopeY, side, warm, cool }: Lighting,
): void {
  const length = Math.hypot(slopeX, slopeY, 1)
  const facing = (slopeX * side * 0.66 + slopeY * 0.46 + 0.58) / length
  const half = (slopeX * side * 0.42 + slopeY * 0.3 + 0.86) / length
  const lit = Math.min(1, Math.max(0, 0.14 + facing * 1.02))
  const shine = half > 0.9 ? ((half - 0.9) * 10) ** 3 * 0.42 : 0
  for (const channel of [0, 1, 2] as const) {
    const own = pixels[at + channel] ?? 0
    const shaded = own * (0.4 + 0.68 * lit) + cool[channel] * 0.16 * (1 - lit)
    pixels[at + channel] = shaded + (warm[channel] - shaded) * Math.min(0.6, shine)
  }
}

/** The window's panes, slanting over wall, table and things alike. */
function windowLight({ width, height, unit, palette, focus }: Stage, context: Context, side: number): void {
  context.save()
  context.globalCompositeOperation = 'soft-light'
  context.filter = `blur(${(unit * 0.011).toFixed(1)}px)`
  context.fillStyle = css(mix([255, 244, 222], palette.light, 0.4), 0.9)
  const [x, y] = [focus.x - side * unit * 0.1, height * 0.08]
  for (let pane = 0; pane < 6; pane += 1) {
    const [column, row] = [pane % 2, Math.floor(pane / 2)]
    const left = x + (column - 1) * unit * 0.3 + row * side * unit * 0.1
    const top = y + row * unit * 0.29
    context.beginPath()
    context.moveTo(left, top)
    context.lineTo(left + unit * 0.27, top + unit * 0.02)
    context.lineTo(left + unit * 0.27 + side * unit * 0.09, top + unit * 0.28)
    context.lineTo(left + side * unit * 0.09, top + unit * 0.26)
    context.closePath()
    context.fill()
  }
  context.restore()
  context.globalCompositeOperation = 'screen'
  glow(
    context,
    { x: side > 0 ? 0 : width, y: 0, radius: unit * 0.9 },
    mix(palette.light, [255, 240, 214], 0.5),
    0.22,
  )
  context.globalCompositeOperation = 'source-over'
}

function vignette(
  context: Context,
  { width, height, unit }: { width: number; height: number; unit: number },
): void {
  const gradient = context.createRadialGradient(
    width / 2,
    height * 0.48,
    unit * 0.4,
    width / 2,
    height / 2,
    Math.max(width, height) * 0.78,
  )
  gradient.addColorStop(0, 'rgba(20,12,16,0)')
  gradient.addColorStop(1, 'rgba(20,12,16,0.34)')
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
}
