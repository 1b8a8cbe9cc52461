import { css, mix } from '@/sandbox/painter/colour'
import type { Stage } from '@/sandbox/painter/stage'
import {
  type Context,
  glow,
  groupsOf,
  paintShape,
  paintSky,
  pixelsOf,
  roughen,
  scaled,
  type Finished,
} from '@/sandbox/painter/surface'

/** A landscape in haze: far things melt, near ones stand, light hangs in the air, fine film grain over all. */
export function soft(stage: Stage): Finished {
  const { unit, palette, sun, seed, width, height, horizon } = stage
  const made = scaled(stage, 1)
  const { context } = made
  paintSky(context, stage)
  if (sun) {
    glow(context, { ...sun, radius: unit * 0.75 }, sun.colour, 0.55)
    glow(context, { ...sun, radius: sun.radius * 2.6 }, sun.colour, 0.7)
  }
  for (const shapes of groupsOf(stage.shapes)) {
    const [first] = shapes
    const isNear = first.kind === 'subject' || first.kind === 'building'
    const blur = isNear ? 0 : unit * 0.006 * (1 - first.depth) ** 2
    if (blur > 0.6) paintBlurred(stage, context, shapes, blur)
    else for (const shape of shapes) paintShape(context, shape)
    if (first.kind === 'land' && first.depth < 0.95)
      haze(stage, context, first.box.y + first.box.height * 0.5, 0.22 * (1 - first.depth))
  }
  const air = context.createLinearGradient(0, horizon - height * 0.25, 0, horizon + height * 0.3)
  air.addColorStop(0, css(palette.sky[2], 0))
  air.addColorStop(0.5, css(mix(palette.sky[2], palette.light, 0.4), 0.24))
  air.addColorStop(1, css(palette.sky[2], 0))
  context.fillStyle = air
  context.fillRect(0, 0, width, height)
  if (sun) {
    context.globalCompositeOperation = 'screen'
    glow(context, { ...sun, radius: unit * 0.6 }, mix(sun.colour, palette.accent, 0.3), 0.3)
  }
  const pixels = pixelsOf(made)
  roughen(pixels, made.canvas.width, { fine: 20, coarse: 4, cells: 8, seed })
  return pixels
}

function paintBlurred(stage: Stage, context: Context, shapes: Stage['shapes'], blur: number): void {
  const half = scaled(stage, 0.5)
  half.context.filter = `blur(${blur / 2}px)`
  for (const shape of shapes) paintShape(half.context, shape)
  context.drawImage(half.canvas, 0, 0, stage.width, stage.height)
}

function haze({ width, height, palette }: Stage, context: Context, y: number, alpha: number): void {
  const gradient = context.createLinearGradient(0, y - height * 0.08, 0, y + height * 0.2)
  gradient.addColorStop(0, css(palette.sky[2], 0))
  gradient.addColorStop(0.6, css(palette.sky[2], alpha))
  gradient.addColorStop(1, css(palette.sky[2], 0))
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
}
