import { css, mix } from '@/sandbox/painter/colour'
import type { Stage } from '@/sandbox/painter/stage'
import {
  drawPath,
  groupsOf,
  paintShape,
  paintSky,
  pixelsOf,
  roughen,
  scaled,
  type Finished,
} from '@/sandbox/painter/surface'

/** Sheets of coloured paper, each throwing a soft shadow on the one behind. */
export function paperCut(stage: Stage): Finished {
  const { unit, palette, sun, seed } = stage
  const made = scaled(stage, 1)
  const { context } = made
  paintSky(context, stage)
  if (sun)
    for (const wide of [2.5, 1.85, 1.35]) {
      context.fillStyle = css(sun.colour, 0.15)
      context.beginPath()
      context.arc(sun.x, sun.y, sun.radius * wide, 0, Math.PI * 2)
      context.fill()
    }
  for (const shapes of groupsOf(stage.shapes)) {
    const [first] = shapes
    const isFine = first.kind === 'subject' || first.kind === 'building' || first.kind === 'mark'
    context.save()
    context.shadowColor = css(mix(palette.dark, [30, 10, 30], 0.4), isFine ? 0.42 : 0.5)
    context.shadowBlur = unit * (isFine ? 0.011 : 0.026)
    context.shadowOffsetY = unit * (isFine ? 0.004 : -0.003)
    context.shadowOffsetX = unit * 0.002
    for (const shape of shapes) sheet(context, shape)
    context.restore()
    if (first.kind === 'land' || first.kind === 'water') edge(stage, made.context, first)
  }
  const pixels = pixelsOf(made)
  roughen(pixels, made.canvas.width, { fine: 10, coarse: 12, cells: 64, seed })
  return pixels
}

/** One cut sheet; light and marks are printed on, not laid on. */
function sheet(context: ReturnType<typeof scaled>['context'], shape: Stage['shapes'][number]): void {
  if (shape.kind === 'mark' || shape.group === 6) context.shadowColor = 'transparent'
  paintShape(context, { ...shape, alpha: shape.kind === 'cloud' ? 1 : (shape.alpha ?? 1) })
}

/** The cut edge catches the light. */
function edge(
  { unit }: Stage,
  context: ReturnType<typeof scaled>['context'],
  shape: Stage['shapes'][number],
): void {
  context.strokeStyle = css(mix(shape.colour, [255, 255, 255], 0.45), 0.5)
  drawPath(context, shape.path, unit * 0.0016)
}
