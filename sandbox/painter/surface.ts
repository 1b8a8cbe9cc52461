import { createCanvas, Path2D, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import sharp from 'sharp'
import { css, type Rgb } from '@/sandbox/painter/colour'
import { grainTile, sampleTile, cloudTile } from '@/sandbox/painter/noise'
import type { Shape, Stage } from '@/sandbox/painter/stage'

export type Context = SKRSContext2D
export type Layer = { canvas: Canvas; context: Context }

export function layer(width: number, height: number): Layer {
  const canvas = createCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
  return { canvas, context: canvas.getContext('2d') }
}

/** A layer for the stage, scaled so that image coordinates hold. */
export function scaled({ width, height }: Stage, scale: number): Layer {
  const made = layer(width * scale, height * scale)
  made.context.scale(made.canvas.width / width, made.canvas.height / height)
  return made
}

export function drawPath(context: Context, path: Path2D, line?: number): void {
  if (line === undefined) return context.fill(path)
  context.lineWidth = line
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.stroke(path)
}

/**
 * Takes away what a part covers, so that it does not show through transparent paint. In pixels: under a scale the
 * canvas applies `destination-out` to a part of its area alone.
 */
export function lift(context: Context, { path, line }: Shape, strength: number): void {
  const scale = context.getTransform()
  const inPixels = new Path2D()
  inPixels.addPath(path, scale)
  context.resetTransform()
  context.globalCompositeOperation = 'destination-out'
  context.fillStyle = `rgba(0,0,0,${strength})`
  context.strokeStyle = context.fillStyle
  drawPath(context, inPixels, line === undefined ? undefined : line * scale.a)
  context.globalCompositeOperation = 'source-over'
  context.setTransform(scale)
}

export function paintShape(context: Context, shape: Shape, isFlat = false): void {
  const { path, colour, to, box, line, alpha = 1, isFading } = shape
  let style: string | CanvasGradient = css(colour, alpha)
  if ((to && !isFlat) || isFading) {
    const gradient = context.createLinearGradient(0, box.y, 0, box.y + box.height)
    gradient.addColorStop(0, css(colour, isFading ? 0 : alpha))
    gradient.addColorStop(1, css(to ?? colour, alpha))
    style = gradient
  }
  context.fillStyle = style
  context.strokeStyle = style
  drawPath(context, path, line)
}

export function paintSky(context: Context, { width, height, horizon, palette }: Stage): void {
  const gradient = context.createLinearGradient(0, 0, 0, Math.max(horizon, height * 0.5))
  gradient.addColorStop(0, css(palette.sky[0]))
  gradient.addColorStop(0.55, css(palette.sky[1]))
  gradient.addColorStop(1, css(palette.sky[2]))
  context.fillStyle = gradient
  context.fillRect(-2, -2, width + 4, height + 4)
}

export function glow(
  context: Context,
  at: { x: number; y: number; radius: number },
  colour: Rgb,
  alpha: number,
): void {
  const gradient = context.createRadialGradient(at.x, at.y, 0, at.x, at.y, at.radius)
  gradient.addColorStop(0, css(colour, alpha))
  gradient.addColorStop(0.35, css(colour, alpha * 0.42))
  gradient.addColorStop(1, css(colour, 0))
  context.fillStyle = gradient
  context.fillRect(at.x - at.radius, at.y - at.radius, at.radius * 2, at.radius * 2)
}

/** The stage as it is: smooth colours, no technique. */
export function paintPlain(context: Context, stage: Stage): void {
  paintSky(context, stage)
  if (stage.sun) glow(context, { ...stage.sun, radius: stage.sun.radius * 4 }, stage.sun.colour, 0.5)
  for (const shape of stage.shapes) paintShape(context, shape)
}

/** Roughens the pixels: fine grain of `fine` and clouds of `coarse` levels (0–255). */
export function roughen(
  pixels: Uint8ClampedArray,
  width: number,
  { fine, coarse, cells = 24, seed }: { fine: number; coarse: number; cells?: number; seed: number },
): void {
  const grain = grainTile()
  const cloud = cloudTile(cells)
  const height = pixels.length / 4 / width
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const add =
        (sampleTile(grain, x + seed, y + (seed >> 4)) - 0.5) * fine +
        (sampleTile(cloud, x, y + seed) - 0.5) * coarse
      pixels[at] = (pixels[at] ?? 0) + add
      pixels[at + 1] = (pixels[at + 1] ?? 0) + add
      pixels[at + 2] = (pixels[at + 2] ?? 0) + add * 0.94
    }
  }
}

export function pixelsOf({ canvas, context }: Layer): Uint8ClampedArray {
  return context.getImageData(0, 0, canvas.width, canvas.height).data
}

/** A finished image: RGBA of exactly the stage's size. */
export type Finished = Uint8ClampedArray

export function encode(
  pixels: Finished,
  { width, height }: { width: number; height: number },
): Promise<Buffer> {
  const input = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return sharp(input, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .webp({ quality: 86, effort: 1 })
    .toBuffer()
}

/** Shapes that belong together, in painting order. */
export function groupsOf(shapes: readonly Shape[]): [Shape, ...Shape[]][] {
  const groups: [Shape, ...Shape[]][] = []
  for (const shape of shapes) {
    const last = groups.at(-1)
    if (last && last[0].group === shape.group) last.push(shape)
    else groups.push([shape])
  }
  return groups
}
