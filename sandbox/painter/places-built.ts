import { Path2D } from '@napi-rs/canvas'
import { mix, shift, WHITE, type Rgb } from '@/sandbox/painter/colour'
import { alley } from '@/sandbox/painter/places-alley'
import { insertSubject } from '@/sandbox/painter/placing'
import { hills } from '@/sandbox/painter/ridges'
import { addLand, landColour, type Site } from '@/sandbox/painter/site'
import { circle, type Kind, type Stage } from '@/sandbox/painter/stage'

/** Lays what people have built, and the pond they look into; false when the place is none of these. */
export function layBuilt(site: Site): boolean {
  if (site.place === 'table') table(site)
  else if (site.place === 'city') city(site)
  else if (site.place === 'alley') alley(site)
  else if (site.place === 'village') village(site)
  else if (site.place === 'pond') pond(site)
  else return false
  return true
}

function add(
  stage: Stage,
  path: Path2D,
  kind: Kind,
  look: { colour: Rgb; to?: Rgb; group: number; depth: number; alpha?: number },
): void {
  const [left, top, right, bottom] = path.getBounds()
  stage.shapes.push({
    path,
    kind,
    box: { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) },
    ...look,
  })
}

/** A wall, a table, and light from a window across both. */
function table({ stage, view }: Site): void {
  const { width, height, horizon, palette, unit } = stage
  const wall = new Path2D()
  wall.rect(-4, -4, width + 8, height + 8)
  add(stage, wall, 'land', {
    colour: mix(palette.sky[1], palette.sky[0], 0.35),
    to: mix(palette.sky[2], palette.sky[1], 0.4),
    group: 5,
    depth: 0.1,
  })
  const lean = (view.sunX > 0.5 ? -1 : 1) * unit * 0.3
  const from = view.sunX > 0.5 ? width * 0.52 : width * 0.04
  for (let pane = 0; pane < 4; pane += 1) {
    const [x, y] = [from + (pane % 2) * unit * 0.24, horizon * 0.1 + Math.floor(pane / 2) * horizon * 0.42]
    const light = new Path2D()
    light.moveTo(x, y)
    light.lineTo(x + unit * 0.21, y - unit * 0.04)
    light.lineTo(x + unit * 0.21 + lean * 0.3, y + horizon * 0.38 - unit * 0.04)
    light.lineTo(x + lean * 0.3, y + horizon * 0.38)
    light.closePath()
    add(stage, light, 'light', {
      colour: mix(palette.sky[2], palette.light, 0.6),
      group: 6,
      depth: 0.15,
      alpha: 0.45,
    })
  }
  const board = new Path2D()
  board.rect(-4, horizon, width + 8, height - horizon + 4)
  const top = mix(palette.land[0], palette.paper, 0.3)
  add(stage, board, 'land', {
    colour: top,
    to: mix(palette.land[1], palette.paper, 0.12),
    group: 12,
    depth: 0.5,
  })
}

function city({ stage, random, view }: Site): void {
  const { width, height, unit, palette } = stage
  const street = height * 0.86
  for (let layer = 0; layer < 3; layer += 1) {
    const depth = 0.15 + layer * 0.38
    const blocks = new Path2D()
    const windows = new Path2D()
    for (let x = -unit * 0.05; x < width;) {
      const wide = unit * random.range(0.08, 0.15) * (1 + layer * 0.35)
      const fromMiddle = Math.abs((x + wide / 2) / width - view.subjectX)
      const tall =
        height *
        random.range(0.3, 0.6) *
        (layer === 2 ? Math.min(1, 0.25 + fromMiddle * 1.8) : 0.95 - layer * 0.12)
      block(blocks, { x, top: street - tall, wide, foot: street, unit }, random.int(0, 3))
      lightWindows(
        windows,
        { x, top: street - tall, wide, foot: street, unit: unit * (0.024 + layer * 0.006) },
        random,
      )
      x += wide + unit * 0.006
    }
    add(stage, blocks, 'building', {
      colour: landColour(stage, depth),
      to: mix(landColour(stage, depth), palette.sky[2], 0.25),
      group: 10 + layer * 4,
      depth,
    })
    add(stage, windows, 'light', {
      colour: mix(palette.light, palette.accent, layer * 0.18),
      group: 11 + layer * 4,
      depth,
      alpha: palette.isNight ? 0.95 : 0.55,
    })
  }
  const road = new Path2D()
  road.rect(-4, street, width + 8, height - street + 4)
  add(stage, road, 'land', {
    colour: shift(palette.land[2], { light: -0.02 }),
    to: palette.dark,
    group: 30,
    depth: 0.95,
  })
}

type Block = { x: number; top: number; wide: number; foot: number; unit: number }

function block(path: Path2D, { x, top, wide, foot, unit }: Block, roof: number): void {
  path.rect(x, top, wide, foot - top)
  if (roof === 1) path.rect(x + wide * 0.44, top - unit * 0.06, wide * 0.06, unit * 0.06)
  if (roof === 2) {
    path.moveTo(x, top)
    path.lineTo(x + wide / 2, top - unit * 0.05)
    path.lineTo(x + wide, top)
    path.closePath()
  }
  if (roof === 3) path.rect(x + wide * 0.2, top - unit * 0.03, wide * 0.5, unit * 0.03)
}

/** Lights every third window; `unit` is the width of one with its frame. */
function lightWindows(path: Path2D, { x, top, wide, foot, unit: cell }: Block, random: Site['random']): void {
  for (let row = top + cell; row < foot - cell; row += cell * 1.5)
    for (let column = x + cell * 0.5; column < x + wide - cell * 0.7; column += cell)
      if (random.chance(0.32)) path.rect(column, row, cell * 0.5, cell * 0.8)
}

function village(site: Site): void {
  const { stage, random } = site
  const { width, height, horizon, unit } = stage
  for (let layer = 0; layer < 2; layer += 1) {
    const rise = height * (0.22 - layer * 0.08)
    const path = hills({
      stage,
      base: horizon - height * 0.05 * (1 - layer),
      rise,
      seed: random.int(1, 999),
      stretch: 1.4 + layer,
    })
    addLand(stage, { path, depth: layer * 0.25, group: 8 + layer * 2, top: horizon - rise, kind: 'land' })
  }
  for (let row = 0; row < 3; row += 1) {
    const size = unit * (0.22 + row * 0.11)
    const foot = horizon + (height - horizon) * (0.2 + row * 0.36)
    const ground = hills({
      stage,
      base: foot - size * 0.1,
      rise: unit * 0.05,
      seed: random.int(1, 999),
      stretch: 1.1,
    })
    addLand(stage, {
      path: ground,
      depth: 0.4 + row * 0.25,
      group: 14 + row * 8,
      top: foot - size * 0.2,
      kind: 'land',
    })
    const houses = row === 2 ? 2 : 3
    for (let at = 0; at < houses; at += 1) {
      const x = width * ((at + 0.5) / houses + random.range(-0.08, 0.08)) + (row % 2 ? width * 0.1 : 0)
      insertSubject(site, 'hanok', {
        x,
        foot: foot + unit * random.range(-0.01, 0.02),
        size,
        group: 16 + row * 8 + at,
        depth: 0.45 + row * 0.25,
      })
    }
  }
}

/** Looking down into water: lily pads, rings and light. */
function pond({ stage, random }: Site): void {
  const { width, height, unit, palette } = stage
  stage.horizon = height * 0.1
  const wet = stage.scene.colours.length ? palette.water : mix(palette.water, [28, 118, 124], 0.66)
  const water = new Path2D()
  water.rect(-4, -4, width + 8, height + 8)
  add(stage, water, 'water', {
    colour: wet,
    to: shift(wet, { light: -0.16 }),
    group: 5,
    depth: 0.1,
  })
  if (!stage.scene.subjects.length) stage.scene.subjects.push({ kind: 'koi', count: 3 })
  for (let ring = 0; ring < 7; ring += 1) {
    const [x, y, radius] = [width * random.next(), height * random.next(), unit * random.range(0.06, 0.2)]
    const path = new Path2D()
    path.ellipse(x, y, radius, radius * 0.8, 0, 0, Math.PI * 2)
    stage.shapes.push({
      path,
      colour: mix(palette.water, WHITE, 0.5),
      box: { x: x - radius, y: y - radius, width: radius * 2, height: radius * 2 },
      kind: 'mark',
      group: 6,
      depth: 0.2,
      line: unit * 0.003,
      alpha: 0.4,
    })
  }
  for (let pad = 0; pad < 9; pad += 1) {
    const [x, y] = [
      random.chance(0.5) ? width * random.range(0, 0.22) : width * random.range(0.78, 1),
      height * random.next(),
    ]
    const radius = unit * random.range(0.05, 0.1)
    const path = new Path2D()
    const notch = random.range(0, 6)
    path.moveTo(x, y)
    path.arc(x, y, radius, notch, notch + 5.7)
    path.closePath()
    add(stage, path, 'plant', {
      colour: shift(mix(palette.land[1], [76, 150, 84], 0.6), { light: random.range(-0.06, 0.06) }),
      group: 30 + (pad % 3),
      depth: 0.8,
    })
    if (random.chance(0.4))
      add(stage, circle(x, y, radius * 0.3), 'plant', {
        colour: mix(palette.accent, [245, 150, 180], 0.6),
        group: 34,
        depth: 0.85,
      })
  }
}
