import { Path2D } from '@napi-rs/canvas'
import { css, fromLch, mix, rgb, toLch, type Rgb } from '@/sandbox/painter/colour'
import { randomOf, type Random } from '@/sandbox/painter/random'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import {
  drawPath,
  glow,
  groupsOf,
  lift,
  paintShape,
  pixelsOf,
  roughen,
  scaled,
  type Context,
  type Finished,
  type Layer,
} from '@/sandbox/painter/surface'

const TUBES: [string, ...string[]] = ['#ff2e88', '#22d3ff', '#ffc83d', '#9a6bff', '#3dffa8']
const DARK = rgb('#0b0920')

/** Night: everything dark but for tubes of light, their glow in the fog, and their streaks on a wet ground. */
export function neon(stage: Stage): Finished {
  const { seed } = stage
  const random = randomOf(seed)
  const tubes = tubesOf(stage)
  const base = scaled(stage, 1)
  darkSky(stage, base.context, tubes)
  const light = scaled(stage, 0.5)
  let isVeiled = false
  for (const shapes of groupsOf(stage.shapes)) {
    if (!isVeiled && isSubject(shapes[0])) {
      veil(stage, base.context, light.context)
      signs(stage, light.context, { tubes, random })
      isVeiled = true
    }
    darkGroup(stage, { dark: base.context, light: light.context }, shapes, tubes)
  }
  if (!isVeiled) signs(stage, light.context, { tubes, random })
  shine(stage, base, light)
  wetGround(stage, base)
  rain(stage, base.context, random)
  const pixels = pixelsOf(base)
  roughen(pixels, base.canvas.width, { fine: 16, coarse: 0, cells: 8, seed: seed & 511 })
  return pixels
}

/** The tube colours: the prompt's own, made to glow, else two or three that suit each other. */
function tubesOf({ scene, seed }: Stage): [Rgb, ...Rgb[]] {
  const [first, ...rest] = scene.colours.map((colour) => {
    const [, chroma, hue] = toLch(colour)
    return fromLch([0.74, Math.max(0.17, chroma), hue])
  })
  const start = seed % TUBES.length
  const own = [0, 1, 2].map((at) => rgb(TUBES[(start + at) % TUBES.length] ?? TUBES[0]))
  if (first) return [first, ...rest, mix(first, [255, 255, 255], 0.4), own[1] ?? first]
  return [own[0] ?? rgb(TUBES[0]), ...own.slice(1)]
}

function darkSky(
  { width, height, horizon, unit, sun }: Stage,
  context: Context,
  [first, second = first]: [Rgb, ...Rgb[]],
): void {
  const gradient = context.createLinearGradient(0, 0, 0, horizon)
  gradient.addColorStop(0, css(mix(DARK, second, 0.06)))
  gradient.addColorStop(0.55, css(mix(DARK, first, 0.2)))
  gradient.addColorStop(1, css(mix(DARK, first, 0.58)))
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
  if (sun) glow(context, { ...sun, radius: unit * 0.5 }, first, 0.5)
}

/** Darkens what lies behind the subject, so that its tubes stand out. */
function veil({ focus, width, height }: Stage, dark: Context, light: Context): void {
  for (const [context, operation, strength] of [
    [dark, 'source-over', 0.62],
    [light, 'destination-out', 0.7],
  ] as const) {
    const scale = context.getTransform()
    const [x, y, radius] = [focus.x * scale.a, focus.y * scale.a, focus.radius * scale.a]
    const gradient = context.createRadialGradient(x, y, radius * 0.5, x, y, radius * 1.7)
    gradient.addColorStop(0, css(DARK, strength))
    gradient.addColorStop(1, css(DARK, 0))
    context.resetTransform()
    context.globalCompositeOperation = operation
    context.fillStyle = gradient
    context.fillRect(0, 0, width, height)
    context.globalCompositeOperation = 'source-over'
    context.setTransform(scale)
  }
}

type Pair = { dark: Context; light: Context }

function darkGroup(
  stage: Stage,
  { dark, light }: Pair,
  shapes: [Shape, ...Shape[]],
  tubes: [Rgb, ...Rgb[]],
): void {
  const [first] = shapes
  if (first.kind === 'light' || first.kind === 'mark') return lamps(stage, light, shapes, tubes)
  const tube = tubes[first.group % tubes.length] ?? tubes[0]
  for (const shape of shapes) if (shape.line === undefined) lift(light, shape, 1)
  const isThing = isSubject(first)
  for (const shape of shapes) {
    const deep = mix(shape.colour, DARK, isThing ? 0.52 : 0.82)
    const own = shape.kind === 'cloud' ? mix(DARK, tube, 0.25) : mix(deep, tube, 0.1 * (1 - shape.depth))
    dark.fillStyle = css(own)
    dark.strokeStyle = css(own)
    drawPath(dark, shape.path, shape.line)
  }
  if (isThing) tubeLines(stage, light, shapes, tubes)
  else if (first.kind === 'land' || first.kind === 'building') {
    light.strokeStyle = css(tube, 0.38)
    drawPath(light, first.path, stage.unit * 0.0022)
  }
}

function isSubject({ kind, group }: Shape): boolean {
  return kind === 'subject' || group >= 50
}

function lamps({ scene }: Stage, light: Context, shapes: [Shape, ...Shape[]], tubes: [Rgb, ...Rgb[]]): void {
  if (shapes[0].isFading) {
    for (const shape of shapes) paintShape(light, shape)
    return
  }
  for (const [at, { path, group, kind, depth, alpha = 1, line }] of shapes.entries()) {
    const isWindow = kind === 'light' && group > 5
    const hue = group === 1 ? tubes[0] : (tubes[(at + group) % tubes.length] ?? tubes[0])
    const strength =
      group === 6 ? 0.14 : isWindow ? (scene.subjects.length ? 0.34 : 0.5) * (0.4 + 0.6 * depth) : 0.8
    const style = css(isWindow ? mix(hue, [255, 226, 168], 0.35) : hue, alpha * strength)
    light.fillStyle = style
    light.strokeStyle = style
    drawPath(light, path, line)
  }
}

/** The subject's outlines as bent tubes, each part in the tube nearest to its own colour. */
function tubeLines({ unit }: Stage, light: Context, shapes: Shape[], tubes: [Rgb, ...Rgb[]]): void {
  for (const shape of shapes) {
    const { path, colour, line } = shape
    if (line === undefined) lift(light, shape, 1)
    const [, chroma, hue] = toLch(colour)
    const tube = tubes[Math.abs(Math.round(hue / 50)) % Math.min(3, tubes.length)] ?? tubes[0]
    const own = chroma > 0.06 ? fromLch([0.74, 0.19, hue]) : tube
    light.strokeStyle = css(mix(tube, own, 0.45))
    drawPath(light, path, line === undefined ? unit * 0.0046 : Math.min(line, unit * 0.006))
  }
}

/** Upright signs with glowing marks, at the sides where houses would be. */
function signs(
  { width, height, unit, focus, place }: Stage,
  context: Context,
  { tubes, random }: { tubes: [Rgb, ...Rgb[]]; random: Random },
): void {
  if (place !== 'city' && place !== 'alley') return
  for (let at = 0; at < 8; at += 1) {
    const isLeft = at % 2 === 0
    const far = Math.floor(at / 2) / 4
    const x = isLeft ? width * (0.03 + far * 0.3) : width * (0.97 - far * 0.3)
    const size = unit * (0.085 - far * 0.055)
    if (Math.abs(x - focus.x) < focus.radius * 0.7) continue
    const tall = size * random.range(2.4, 4)
    const y = height * random.range(0.22, 0.5) + far * height * 0.14
    const tube = tubes[at % tubes.length] ?? tubes[0]
    const left = isLeft ? x : x - size
    context.fillStyle = css(mix(DARK, tube, 0.12))
    context.fillRect(left, y, size, tall)
    context.strokeStyle = css(tube)
    context.lineWidth = size * 0.07
    context.strokeRect(left, y, size, tall)
    const mark = new Path2D()
    for (let row = 0; row < Math.floor(tall / size); row += 1)
      glyph(mark, { x: left + size * 0.24, y: y + size * (row + 0.22), size: size * 0.54 }, random)
    context.strokeStyle = css(mix(tube, [255, 255, 255], 0.6))
    drawPath(context, mark, size * 0.085)
  }
}

function glyph(path: Path2D, { x, y, size }: { x: number; y: number; size: number }, random: Random): void {
  const kind = random.int(0, 3)
  if (kind === 0) path.arc(x + size / 2, y + size / 2, size * 0.36, 0, Math.PI * 2)
  for (let stroke = 0; stroke < 3; stroke += 1) {
    const level = y + (size * stroke) / 2
    if (kind === 1 || stroke === kind) {
      path.moveTo(x, level)
      path.lineTo(x + size, level)
    } else if (kind === 3) {
      path.moveTo(x + (size * stroke) / 2, y)
      path.lineTo(x + size / 2, y + size)
    }
  }
  path.moveTo(x + size * 0.5, y)
  path.lineTo(x + size * 0.5, y + size * (kind === 0 ? 0.2 : 1))
}

/** Lays the light on: wide glow, near glow, the tubes themselves. */
function shine({ width, height, unit }: Stage, base: Layer, light: Layer): void {
  const { context } = base
  const small = scaled({ ...tiny, width, height }, 0.125)
  small.context.filter = `blur(${(unit * 0.045 * 0.125).toFixed(2)}px)`
  small.context.drawImage(light.canvas, 0, 0, width, height)
  context.globalCompositeOperation = 'lighter'
  context.drawImage(small.canvas, 0, 0, width, height)
  context.drawImage(small.canvas, 0, 0, width, height)
  const near = scaled({ ...tiny, width, height }, 0.25)
  near.context.filter = `blur(${(unit * 0.009 * 0.25).toFixed(2)}px)`
  near.context.drawImage(light.canvas, 0, 0, width, height)
  context.drawImage(near.canvas, 0, 0, width, height)
  context.globalCompositeOperation = 'source-over'
  context.drawImage(light.canvas, 0, 0, width, height)
  context.globalCompositeOperation = 'lighter'
  context.globalAlpha = 0.5
  context.drawImage(light.canvas, 0, 0, width, height)
  context.globalAlpha = 1
  context.globalCompositeOperation = 'source-over'
}

const tiny = {} as Stage // `scaled` reads its width and height alone

/** The image upside down in the lowest part, in broken streaks. */
function wetGround({ width, height, unit, seed, focus }: Stage, { canvas, context }: Layer): void {
  const ground = height * (focus.y + focus.radius * 0.8 > height * 0.92 ? 0.92 : 0.84)
  const copy = scaled({ ...tiny, width, height }, 0.5)
  copy.context.drawImage(canvas, 0, 0, width, height)
  const random = randomOf(seed ^ 5)
  const strip = Math.max(2, Math.round(unit / 200))
  context.fillStyle = css(DARK, 0.62)
  context.fillRect(0, ground, width, height - ground)
  context.globalCompositeOperation = 'lighter'
  for (let y = 0; y < height - ground; y += strip) {
    const part = y / (height - ground)
    const from = Math.max(0, ground - y * 2.4 - strip)
    context.globalAlpha = 0.62 - part * 0.34
    const sway =
      Math.sin(y * 0.35 + random.next()) * unit * 0.006 * (0.4 + part) + random.range(-1, 1) * unit * 0.002
    context.drawImage(copy.canvas, 0, from / 2, width / 2, 1.5, sway, ground + y, width, strip)
  }
  context.globalAlpha = 1
  context.globalCompositeOperation = 'source-over'
}

function rain({ width, height, unit, scene }: Stage, context: Context, random: Random): void {
  if (scene.weather.includes('snow')) return
  const path = new Path2D()
  const drops = scene.weather.includes('rain') ? 220 : 70
  for (let at = 0; at < drops; at += 1) {
    const [x, y, long] = [width * random.next(), height * random.next(), unit * random.range(0.015, 0.045)]
    path.moveTo(x, y)
    path.lineTo(x - long * 0.13, y + long)
  }
  context.strokeStyle = css([200, 214, 255], 0.17)
  drawPath(context, path, unit * 0.0015)
}
