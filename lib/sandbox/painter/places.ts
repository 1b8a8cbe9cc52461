import { Path2D } from '@napi-rs/canvas'
import { layBuilt } from '@/lib/sandbox/painter/places-built'
import { mix, shift, WHITE } from '@/lib/sandbox/painter/colour'
import { dunes, hills, peaks, type Ridge } from '@/lib/sandbox/painter/ridges'
import { addLand, type Site } from '@/lib/sandbox/painter/site'
import { circle, type Stage } from '@/lib/sandbox/painter/stage'

/** Lays the ground of the place: everything behind and below the subjects. */
export function layAt(site: Site): void {
  const { place } = site
  if (!['table', 'pond', 'space'].includes(place)) clouds(site)
  if (place === 'aurora') aurora(site)
  if (layBuilt(site)) return
  if (place === 'sea' || place === 'island') return sea(site)
  if (place === 'lake') return lake(site)
  if (place === 'dunes') return range(site, { ridge: dunes, layers: 5, from: 0, amount: 0.17 })
  if (place === 'meadow') return range(site, { ridge: hills, layers: 5, from: -0.04, amount: 0.13 })
  if (place === 'forest') return forest(site)
  if (place === 'space') return space(site)
  mountains(site)
}

function mountains(site: Site): void {
  const { place, stage } = site
  const isFlat = place === 'snowfield'
  range(site, {
    ridge: stage.scene.season === 'spring' ? hills : peaks,
    layers: isFlat ? 4 : 6,
    from: -0.12,
    amount: isFlat ? 0.14 : 0.27,
  })
}

type Range = { ridge: Ridge; layers: number; from: number; amount: number }

/** Ridges one behind the other, far ones pale, near ones dark. */
function range({ stage, random }: Site, { ridge, layers, from, amount }: Range): void {
  const { height, horizon } = stage
  const seed = random.int(1, 9999)
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1)
    const base = horizon + height * from * (1 - depth) + (height - horizon) * depth * 0.72
    const rise = height * amount * (1 - depth * 0.55)
    const path = ridge({ stage, base, rise, seed: seed + layer * 97, stretch: 1.5 + layer * 0.35 })
    addLand(stage, { path, depth, group: 10 + layer * 4, top: base - rise, kind: 'land' })
  }
}

function clouds({ stage, random }: Site): void {
  const { scene, width, unit, horizon, palette } = stage
  const many = scene.weather.includes('clouds') ? 5 : scene.weather.includes('mist') ? 3 : 2
  if (palette.isNight && !scene.weather.includes('clouds')) return
  for (let at = 0; at < many; at += 1) {
    const x = width * random.range(-0.05, 1)
    const y = horizon * random.range(0.12, 0.62)
    const size = unit * random.range(0.09, 0.2)
    const path = new Path2D()
    for (const [dx, dy, rx, ry] of [
      [0, 0, 1, 0.16],
      [0.28, -0.14, 0.5, 0.26],
      [-0.3, -0.08, 0.4, 0.18],
      [0.75, 0.03, 0.5, 0.12],
    ] as const) {
      path.moveTo(x + (dx + rx) * size, y + dy * size)
      path.ellipse(x + dx * size, y + dy * size, rx * size, ry * size, 0, 0, Math.PI * 2)
    }
    const colour = mix(palette.sky[2], WHITE, 0.55)
    const box = { x: x - size, y: y - size * 0.4, width: size * 2.3, height: size * 0.6 }
    stage.shapes.push({
      path,
      colour,
      to: mix(colour, palette.sky[1], 0.4),
      box,
      kind: 'cloud',
      group: 3 + (at % 2),
      depth: 0.1,
      alpha: 0.85,
    })
  }
}

function sea(site: Site): void {
  const { stage, random } = site
  const { width, height, horizon, unit, palette } = stage
  if (random.chance(0.7)) {
    const path = hills({
      stage,
      base: horizon + 2,
      rise: height * 0.1,
      seed: random.int(1, 999),
      stretch: 2.2,
    })
    addLand(stage, { path, depth: 0.1, group: 10, top: horizon - height * 0.1, kind: 'land' })
  }
  const top = mix(palette.water, palette.sky[2], 0.35)
  const path = new Path2D()
  path.rect(-4, horizon, width + 8, height - horizon + 4)
  stage.shapes.push({
    path,
    colour: top,
    to: shift(palette.water, { light: -0.16 }),
    box: { x: 0, y: horizon, width, height: height - horizon },
    kind: 'water',
    group: 20,
    depth: 0.4,
  })
  glint(site)
  for (let layer = 0; layer < 4; layer += 1) {
    const depth = 0.5 + layer * 0.13
    const base = horizon + (height - horizon) * (0.16 + layer * 0.22)
    const rise = unit * (0.012 + layer * 0.012)
    const wave = waveBand(stage, base, rise, random.range(0, 9))
    const colour = shift(mix(palette.water, palette.land[2], 0.14 + layer * 0.14), {
      light: 0.02 - layer * 0.03,
    })
    addLand(stage, { path: wave, depth, group: 24 + layer * 4, top: base - rise, kind: 'water', colour })
  }
}

function waveBand({ width, height, unit }: Stage, base: number, rise: number, phase: number): Path2D {
  const path = new Path2D()
  const length = rise * 9 + unit * 0.05
  path.moveTo(-length, height + 4)
  path.lineTo(-length, base)
  for (let x = -length, at = 0; x < width + length; x += length, at += 1) {
    const lift = rise * (0.7 + 0.6 * Math.sin(phase + at * 1.7))
    path.bezierCurveTo(
      x + length * 0.3,
      base + rise * 0.4,
      x + length * 0.42,
      base - lift,
      x + length * 0.62,
      base - lift,
    )
    path.bezierCurveTo(x + length * 0.72, base - lift, x + length * 0.86, base - rise * 0.1, x + length, base)
  }
  path.lineTo(width + length, height + 4)
  path.closePath()
  return path
}

/** The broken path of light below the sun. */
function glint({ stage, random }: Site): void {
  const { sun, horizon, height, unit, palette } = stage
  if (!sun) return
  for (let at = 0; at < 26; at += 1) {
    const part = at / 26
    const y = horizon + (height - horizon) * (0.02 + part * 0.6)
    const half = unit * (0.03 + part * 0.1) * random.range(0.3, 1)
    const x = sun.x + random.range(-1, 1) * unit * (0.02 + part * 0.06)
    const path = new Path2D()
    path.ellipse(x, y, half, unit * (0.0016 + part * 0.0035), 0, 0, Math.PI * 2)
    stage.shapes.push({
      path,
      colour: mix(sun.colour, palette.light, 0.5),
      box: { x: x - half, y: y - 2, width: half * 2, height: 4 },
      kind: 'mark',
      group: 21,
      depth: 0.4,
      alpha: 0.75 - part * 0.35,
    })
  }
}

function lake(site: Site): void {
  const { stage, random } = site
  const { width, height, palette } = stage
  const shore = height * 0.66
  stage.horizon = shore
  const seed = random.int(1, 9999)
  for (let layer = 0; layer < 4; layer += 1) {
    const depth = layer * 0.22
    const rise = height * (0.34 - layer * 0.075)
    const path = peaks({ stage, base: shore, rise, seed: seed + layer * 97, stretch: 1.4 + layer * 0.5 })
    addLand(stage, { path, depth, group: 10 + layer * 2, top: shore - rise, kind: 'land' })
  }
  const path = new Path2D()
  path.rect(-4, shore, width + 8, height - shore + 4)
  stage.shapes.push({
    path,
    colour: mix(palette.water, palette.sky[2], 0.4),
    to: mix(palette.water, palette.land[2], 0.4),
    box: { x: 0, y: shore, width, height: height - shore },
    kind: 'water',
    group: 22,
    depth: 0.6,
  })
  glint(site)
  const bank = hills({ stage, base: height * 0.97, rise: height * 0.07, seed: seed + 7, stretch: 1.3 })
  addLand(stage, { path: bank, depth: 1, group: 40, top: height * 0.9, kind: 'land' })
}

/** Rows of firs on hills. */
function forest(site: Site): void {
  const { stage, random } = site
  const { width, height, horizon } = stage
  const seed = random.int(1, 9999)
  for (let layer = 0; layer < 4; layer += 1) {
    const depth = layer / 3
    const base = horizon + (height - horizon) * (layer * 0.26 - 0.1)
    const rise = height * 0.09
    const path = hills({ stage, base, rise, seed: seed + layer * 31, stretch: 1.2 + layer * 0.3 })
    const size = height * (0.13 + 0.1 * layer)
    for (let x = -size * 0.2; x < width + size * 0.2; x += size * random.range(0.13, 0.3))
      fir(path, x, base + rise * 0.1, size * random.range(0.55, 1.1))
    addLand(stage, { path, depth, group: 10 + layer * 6, top: base - size, kind: 'plant' })
  }
}

export function fir(path: Path2D, x: number, foot: number, size: number): void {
  for (let tier = 0; tier < 4; tier += 1) {
    const half = size * (0.06 + tier * 0.035)
    const top = foot - size + size * 0.21 * tier
    path.moveTo(x, top)
    path.lineTo(x + half, top + size * 0.34)
    path.lineTo(x - half, top + size * 0.34)
    path.closePath()
  }
  path.rect(x - size * 0.014, foot - size * 0.1, size * 0.028, size * 0.14)
}

function aurora({ stage, random }: Site): void {
  const { width, horizon, unit, palette } = stage
  const colour = stage.scene.colours[0] ?? ([92, 240, 176] as const)
  for (let band = 0; band < 3; band += 1) {
    const path = new Path2D()
    const y = horizon * (0.3 + band * 0.16)
    const phase = random.range(0, 6)
    const wave = (x: number) => y + Math.sin(phase + (x / width) * (4 + band)) * horizon * 0.12
    path.moveTo(-9, wave(0))
    for (let x = 0; x <= width; x += width / 24) path.lineTo(x, wave(x))
    for (let x = width; x >= 0; x -= width / 24)
      path.lineTo(x, wave(x) - horizon * (0.2 + 0.12 * Math.sin(phase * 2 + x / unit)))
    path.closePath()
    const tint = shift(colour, { hue: band * 24 })
    stage.shapes.push({
      path,
      colour: palette.sky[0],
      to: tint,
      box: { x: 0, y: y - horizon * 0.25, width, height: horizon * 0.36 },
      kind: 'cloud',
      group: 2 + band,
      depth: 0.05,
      alpha: 0.7,
    })
  }
}

function space({ stage, random }: Site): void {
  const { width, height, unit, palette } = stage
  const planets = [
    [0.24, 0.3, 0.2, palette.accent],
    [0.78, 0.16, 0.08, palette.light],
    [0.66, 1.12, 0.5, palette.land[1]],
  ] as const
  for (const [at, [x, y, size, colour]] of planets.entries()) {
    const [cx, cy, radius] = [width * (x + random.range(-0.05, 0.05)), height * y, unit * size]
    stage.shapes.push({
      path: circle(cx, cy, radius),
      colour,
      to: shift(colour, { light: -0.25 }),
      box: { x: cx - radius, y: cy - radius, width: radius * 2, height: radius * 2 },
      kind: 'light',
      group: 4 + at,
      depth: 0.3,
    })
  }
}
