import { brightness, mix, rgb, toLch, type Rgb } from '@/sandbox/painter/colour'
import { cloudTile, grainTile, sampleTile } from '@/sandbox/painter/noise'
import { randomOf } from '@/sandbox/painter/random'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import { layer, paintShape, pixelsOf, scaled, type Finished } from '@/sandbox/painter/surface'

const INKS: [[string, string], ...[string, string][]] = [
  ['#ef4b43', '#1c4fb5'],
  ['#ff6b8e', '#00847b'],
  ['#f58a1f', '#22408c'],
  ['#ffb511', '#5b3f97'],
  ['#ff5c5c', '#1d3557'],
]

/** Two spot inks, each a screen of dots, not quite in register, on rough cream paper. */
export function riso(stage: Stage): Finished {
  const { width, height, seed } = stage
  const [warm, cool] = inksOf(stage)
  const first = plate(stage, (shape) => warmTone(shape))
  const second = plate(stage, (shape) => coolTone(shape))
  const made = layer(width, height)
  const pixels = pixelsOf(made)
  const random = randomOf(seed)
  const drift = Math.max(2, stage.unit * 0.005)
  const [dx, dy] = [Math.round(random.range(-1, 1) * drift), Math.round(random.range(-1, 1) * drift)]
  const paper = rgb('#f6f0e2')
  const margin = Math.round(stage.unit * 0.045)
  const [cloud, grain] = [cloudTile(10), grainTile()]
  const pitch = Math.max(4, stage.unit / 150)
  const [halfWide, halfTall] = [first.width, first.height]
  const toneAt = (tones: Uint8ClampedArray, x: number, y: number) => {
    const [column, row] = [
      Math.min(halfWide - 1, Math.max(0, x >> 1)),
      Math.min(halfTall - 1, Math.max(0, y >> 1)),
    ]
    return (tones[(row * halfWide + column) * 4] ?? 0) / 255
  }
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const isInside = x > margin && y > margin && x < width - margin && y < height - margin
      const rough = 0.94 - 0.2 * sampleTile(grain, x, y) - 0.14 * sampleTile(cloud, x, y)
      const a = isInside
        ? screened(
            toneAt(first.tones, x, y),
            (x * 0.966 + y * 0.259) / pitch,
            (y * 0.966 - x * 0.259) / pitch,
          ) * rough
        : 0
      const isSecond =
        x - dx > margin && y - dy > margin && x - dx < width - margin && y - dy < height - margin
      const b = isSecond
        ? screened(
            toneAt(second.tones, x - dx, y - dy),
            (x * 0.707 + y * 0.707) / pitch,
            (y * 0.707 - x * 0.707) / pitch,
          ) * rough
        : 0
      const fibre = (sampleTile(grain, x + 99, y) - 0.5) * 9
      for (const channel of [0, 1, 2] as const) {
        const through = (1 - a * (1 - warm[channel] / 255)) * (1 - b * (1 - cool[channel] / 255))
        pixels[at + channel] = (paper[channel] + fibre) * through
      }
      pixels[at + 3] = 255
    }
  return pixels
}

/** Coverage of a dot of the screen: 0 none … 1 full, solid above nine tenths. */
function screened(tone: number, u: number, v: number): number {
  if (tone < 0.03) return 0
  if (tone > 0.9) return 1
  const [du, dv] = [u - Math.floor(u) - 0.5, v - Math.floor(v) - 0.5]
  return Math.min(1, Math.max(0, (tone * 0.8 - Math.hypot(du, dv)) * 5 + 0.5))
}

function plate(
  stage: Stage,
  toneOf: (shape: Shape) => [number, number],
): { tones: Uint8ClampedArray; width: number; height: number } {
  const made = scaled(stage, 0.5)
  const { context } = made
  const [top, low] = toneOf({ ...emptySky, colour: stage.palette.sky[0], depth: 0 })
  const sky = context.createLinearGradient(0, 0, 0, stage.horizon)
  sky.addColorStop(0, grey(top * 0.2))
  sky.addColorStop(1, grey(low))
  context.fillStyle = sky
  context.fillRect(0, 0, stage.width, stage.height)
  for (const shape of stage.shapes) {
    const [from, to] = toneOf(shape)
    const isDark = shape.kind === 'subject' && shape.line === undefined && brightness(shape.colour) < 0.4
    if (isDark) paintShape(context, { ...shape, colour: [0, 0, 0], line: stage.unit * 0.005 })
    paintShape(context, {
      ...shape,
      colour: [from * 255, from * 255, from * 255],
      to: [to * 255, to * 255, to * 255],
    })
  }
  return { tones: pixelsOf(made), width: made.canvas.width, height: made.canvas.height }
}

const emptySky = { kind: 'cloud', group: -1 } as Shape // only its colour, kind and depth are read

function grey(tone: number): string {
  const level = Math.round(tone * 255)
  return `rgb(${level},${level},${level})`
}

function warmTone({ kind, colour, depth, group, isFading }: Shape): [number, number] {
  if (group === -1) return [0.2, 0.5]
  if (isFading) return [0.05, 0.05]
  if (kind === 'light') return group < 5 ? [1, 0.95] : [0.12, 0.12]
  if (kind === 'cloud' || kind === 'mark') return [0, 0]
  const [, chroma, hue] = toLch(colour)
  const isWarm = Math.cos(((hue - 45) * Math.PI) / 180) > 0.1
  if (kind === 'subject' || kind === 'building') {
    const dark = 1 - brightness(colour)
    const warm = Math.min(1, 0.42 + chroma * 2.2 + dark * 0.25)
    return isWarm && chroma > 0.05 ? [warm, warm] : [dark * 0.35, dark * 0.35]
  }
  return [0.55 - depth * 0.2, 0.22]
}

function coolTone({ kind, colour, depth, group, isFading }: Shape): [number, number] {
  if (group === -1) return [0.16, 0]
  if (isFading) return [0.62, 0.62]
  if (kind === 'light' || kind === 'cloud' || kind === 'mark') return [0, 0]
  const dark = 1 - brightness(colour)
  if (kind === 'subject' || kind === 'building') {
    const [, chroma, hue] = toLch(colour)
    const isWarm = Math.cos(((hue - 45) * Math.PI) / 180) > 0.1 && chroma > 0.06
    return isWarm && dark < 0.62
      ? [Math.max(0, dark * 0.8 - 0.16), Math.max(0, dark * 0.8 - 0.16)]
      : [Math.min(1, dark * 1.25), Math.min(1, dark * 1.25)]
  }
  return [0.2 + depth * 0.75, 0.12 + depth * 0.5]
}

function inksOf({ scene, seed, palette }: Stage): [Rgb, Rgb] {
  const [warm, cool] = randomOf(seed ^ Math.round(palette.sky[0][0])).pick(INKS)
  const [first, second] = scene.colours
  const strong = (colour: Rgb): Rgb => (brightness(colour) > 0.8 ? mix(colour, [120, 90, 70], 0.45) : colour)
  if (first && second) return [strong(first), strong(second)]
  if (first) return brightness(first) > 0.4 ? [strong(first), rgb(cool)] : [rgb(warm), strong(first)]
  return [rgb(warm), rgb(cool)]
}
