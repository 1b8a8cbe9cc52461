import { Path2D } from '@napi-rs/canvas'
import { brightness, css, mix, rgb, shift, type Rgb } from '@/sandbox/painter/colour'
import { randomOf, type Random } from '@/sandbox/painter/random'
import type { Shape, Stage } from '@/sandbox/painter/stage'
import { drawPath, pixelsOf, roughen, scaled, type Context, type Finished } from '@/sandbox/painter/surface'

type Inks = [Rgb, Rgb, Rgb, Rgb, Rgb, Rgb]

const SETS: [string, ...string[]] = [
  '#efe6d2 #d9412b #1c3f94 #efb22c #1d1b1a #7fa9a5',
  '#f1ede4 #e76f51 #264653 #e9c46a #20302f #2a9d8f',
  '#f0e8d8 #c8412f #2f4b3c #e0a54a #191a1c #c9b79a',
  '#eee9e0 #e4572e #29335c #f3a712 #14151b #a8c686',
]

/** A grid of plain forms in six colours; in its window the subject, cut from the same colours. */
export function bauhaus(stage: Stage): Finished {
  const { width, height, unit, seed } = stage
  const random = randomOf(seed)
  const inks = inksOf(stage, random)
  const made = scaled(stage, 1)
  const { context } = made
  context.fillStyle = css(inks[0])
  context.fillRect(0, 0, width, height)
  const across = Math.max(4, Math.round((width / unit) * 4))
  const down = Math.max(4, Math.round((height / unit) * 4))
  const [wide, tall] = [width / across, height / down]
  for (let row = 0; row < down; row += 1)
    for (let column = 0; column < across; column += 1) {
      const form = randomOf(`${stage.scene.flavour} ${seed >>> 3} ${column * 7 + row}`)
      tile(context, { x: column * wide, y: row * tall, wide, tall }, { random: form, inks })
    }
  centre(stage, context, { inks, random, cell: Math.min(wide, tall) })
  const pixels = pixelsOf(made)
  roughen(pixels, made.canvas.width, { fine: 9, coarse: 12, cells: 60, seed })
  return pixels
}

function inksOf({ scene, palette }: Stage, random: Random): Inks {
  const [paper, red, blue, yellow, black, grey] = random.pick(SETS).split(' ').map(rgb)
  const base: Inks = [
    paper ?? palette.paper,
    red ?? palette.accent,
    blue ?? palette.sky[0],
    yellow ?? palette.light,
    black ?? palette.dark,
    grey ?? palette.land[1],
  ]
  const [first, second] = scene.colours
  if (first) {
    base[1] = first
    base[5] = shift(first, { light: brightness(first) > 0.6 ? -0.2 : 0.22, chroma: 0.8 })
    base[2] = second ?? shift(first, { light: -0.26, hue: 14 })
    base[3] = second ? mix(base[3], second, 0.4) : mix(base[3], first, 0.45)
  } else if (scene.time || scene.season || scene.mood) {
    base[2] = mix(base[2], palette.sky[0], 0.55)
    base[5] = mix(base[5], palette.land[1], 0.6)
  }
  return base
}

type Tile = { x: number; y: number; wide: number; tall: number }

function tile(
  context: Context,
  { x, y, wide, tall }: Tile,
  { random, inks }: { random: Random; inks: Inks },
): void {
  const [back, front] = pairOf(random, inks)
  context.save()
  context.translate(x + wide / 2, y + tall / 2)
  context.beginPath()
  context.rect(-wide / 2 - 0.5, -tall / 2 - 0.5, wide + 1, tall + 1)
  context.clip()
  context.fillStyle = css(back)
  context.fillRect(-wide, -tall, wide * 2, tall * 2)
  context.rotate((random.int(0, 3) * Math.PI) / 2)
  const half = Math.max(wide, tall) / 2
  context.fillStyle = css(front)
  const path = form(random.int(0, 7), half)
  drawPath(context, path)
  if (random.chance(0.3)) {
    context.fillStyle = css(back)
    context.beginPath()
    context.arc(0, 0, half * 0.3, 0, Math.PI * 2)
    context.fill()
  }
  context.restore()
}

function pairOf(random: Random, inks: Inks): [Rgb, Rgb] {
  const back = random.pick([0, 0, 1, 2, 3, 4, 5])
  const others = [0, 1, 2, 3, 4, 5].filter((at) => at !== back)
  const front = others[random.int(0, 4)] ?? 0
  return [inks[back] ?? inks[0], inks[front] ?? inks[1]]
}

function form(kind: number, half: number): Path2D {
  const path = new Path2D()
  if (kind === 0) path.arc(0, 0, half, 0, Math.PI * 2)
  if (kind === 1) {
    path.moveTo(-half, -half)
    path.arc(-half, -half, half * 2, 0, Math.PI / 2)
  }
  if (kind === 2) {
    path.moveTo(-half, half)
    path.lineTo(half, -half)
    path.lineTo(half, half)
  }
  if (kind === 3) path.arc(0, half, half, Math.PI, Math.PI * 2)
  if (kind === 4)
    for (let bar = 0; bar < 5; bar += 1) path.rect(-half, -half + bar * half * 0.4, half * 2, half * 0.2)
  if (kind === 5) {
    path.arc(0, -half, half, 0, Math.PI)
    path.arc(0, half, half, Math.PI, Math.PI * 2)
  }
  if (kind === 6) path.rect(-half, -half, half, half * 2)
  if (kind === 7) {
    path.moveTo(0, -half)
    path.lineTo(half, half)
    path.lineTo(-half, half)
  }
  path.closePath()
  return path
}

/** The subject before a great disc; without one, disc within disc. */
function centre(
  stage: Stage,
  context: Context,
  { inks, random, cell }: { inks: Inks; random: Random; cell: number },
): void {
  const things = stage.shapes.filter(({ group }) => group >= 60)
  const { focus, width, height, unit } = stage
  const radius = things.length ? Math.min(unit * 0.42, Math.max(cell * 1.2, focus.radius * 1.05)) : cell
  const x = things.length ? Math.round(focus.x / (cell / 2)) * (cell / 2) : cell * 2
  const y = things.length ? Math.min(height - radius, Math.max(radius, focus.y)) : cell * 2
  const disc = (part: number, colour: Rgb, [from, to]: [number, number] = [0, Math.PI * 2]): void => {
    context.fillStyle = css(colour)
    context.beginPath()
    context.arc(Math.min(width - radius * 0.4, x), y, radius * part, from, to)
    context.fill()
  }
  disc(1, things.length ? inks[0] : inks[1])
  disc(1, things.length ? (inks[random.pick([1, 3, 5])] ?? inks[1]) : inks[4], [Math.PI / 2, Math.PI * 1.5])
  if (!things.length) return disc(0.42, inks[3])
  for (const shape of things) {
    context.fillStyle = css(snapped(shape, inks))
    context.strokeStyle = context.fillStyle
    drawPath(context, shape.path, shape.line)
  }
}

function snapped({ colour }: Shape, inks: Inks): Rgb {
  const [nearest = inks[4]] = inks.toSorted((a, b) => apart(a, colour) - apart(b, colour))
  return mix(nearest, colour, 0.16)
}

function apart(a: Rgb, b: Rgb): number {
  return (
    (a[0] - b[0]) ** 2 +
    (a[1] - b[1]) ** 2 +
    (a[2] - b[2]) ** 2 +
    2.5 * ((brightness(a) - brightness(b)) * 255) ** 2
  )
}
