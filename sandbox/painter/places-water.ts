import { Path2D } from '@napi-rs/canvas'
import { mix, shift } from '@/sandbox/painter/colour'
import { insertSubject } from '@/sandbox/painter/placing'
import { hills, peaks } from '@/sandbox/painter/ridges'
import { addLand, landColour, type Site } from '@/sandbox/painter/site'
import { type Stage } from '@/sandbox/painter/stage'

export function sea(site: Site): void {
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

export function lake(site: Site): void {
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

/** An island with a house and pines, in the sea. */
export function island(site: Site): void {
  const { stage, random, view } = site
  const { width, height, unit, horizon } = stage
  sea(site)
  const foot = horizon + (height - horizon) * 0.3
  const [x, half] = [width * (0.5 + (view.subjectX - 0.5) * 0.5), unit * 0.3 * view.zoom]
  const path = new Path2D()
  path.moveTo(x - half * 1.2, foot)
  path.bezierCurveTo(
    x - half * 0.8,
    foot - half * 0.16,
    x - half * 0.6,
    foot - half * 0.62,
    x - half * 0.1,
    foot - half * 0.6,
  )
  path.bezierCurveTo(
    x + half * 0.4,
    foot - half * 0.58,
    x + half * 0.7,
    foot - half * 0.2,
    x + half * 1.2,
    foot,
  )
  path.bezierCurveTo(
    x + half * 0.5,
    foot + half * 0.13,
    x - half * 0.5,
    foot + half * 0.13,
    x - half * 1.2,
    foot,
  )
  const box = { x: x - half, y: foot - half * 0.6, width: half * 2, height: half * 0.7 }
  stage.shapes.push({
    path,
    colour: mix(landColour(stage, 0.6), [96, 150, 92], 0.3),
    to: landColour(stage, 1),
    box,
    kind: 'land',
    group: 44,
    depth: 0.7,
  })
  const isTropical = stage.scene.subjects.some(({ kind }) => kind === 'palm')
  insertSubject(site, isTropical ? 'palm' : 'pine', {
    x: x - half * 0.5,
    foot: foot - half * 0.34,
    size: half * 0.75,
    group: 46,
    depth: 0.7,
  })
  insertSubject(site, 'house', {
    x: x + half * 0.16,
    foot: foot - half * 0.44,
    size: half * 0.46,
    group: 47,
    depth: 0.7,
  })
  insertSubject(site, isTropical ? 'palm' : 'tree', {
    x: x + half * 0.66,
    foot: foot - half * 0.16,
    size: half * random.range(0.42, 0.56),
    group: 48,
    depth: 0.7,
  })
}
