import { Path2D } from '@napi-rs/canvas'
import { mix, shift } from '@/sandbox/painter/colour'
import { layBuilt } from '@/sandbox/painter/places-built'
import { aurora, clouds, space } from '@/sandbox/painter/places-sky'
import { island, lake, sea } from '@/sandbox/painter/places-water'
import { dunes, hills, peaks, type Ridge } from '@/sandbox/painter/ridges'
import { addLand, landColour, type Site } from '@/sandbox/painter/site'

/** Lays the ground of the place: everything behind and below the subjects. */
export function layAt(site: Site): void {
  const { place } = site
  if (!['table', 'pond', 'space'].includes(place)) clouds(site)
  if (place === 'aurora') aurora(site)
  if (layBuilt(site)) return
  if (place === 'sea') return sea(site)
  if (place === 'island') return island(site)
  if (place === 'lake') return lake(site)
  if (place === 'dunes') return range(site, { ridge: dunes, layers: 5, from: 0, amount: 0.17 })
  if (place === 'meadow') return meadow(site, { ridge: hills, layers: 5, from: -0.04, amount: 0.13 })
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

/** Hills with flowers and blades of grass in front. */
function meadow(site: Site, hillsOf: Range): void {
  range(site, hillsOf)
  const { stage, random } = site
  const { width, height, unit, palette } = stage
  const blades = new Path2D()
  for (let blade = 0; blade < 90; blade += 1) {
    const [x, long, lean] = [
      width * random.next(),
      unit * random.range(0.03, 0.1),
      unit * random.range(-0.03, 0.03),
    ]
    blades.moveTo(x - unit * 0.004, height + 4)
    blades.quadraticCurveTo(x, height - long * 0.6, x + lean, height - long)
    blades.quadraticCurveTo(x + unit * 0.006, height - long * 0.5, x + unit * 0.005, height + 4)
  }
  const dark = shift(landColour(stage, 1), { light: -0.05 })
  stage.shapes.push({
    path: blades,
    colour: dark,
    box: { x: 0, y: height - unit * 0.1, width, height: unit * 0.1 },
    kind: 'plant',
    group: 40,
    depth: 1,
  })
  const seen = new Path2D()
  for (let flower = 0; flower < 46; flower += 1) {
    const [x, part] = [width * random.next(), random.next()]
    const radius = unit * (0.002 + part * 0.006)
    const y = height * (0.8 + part * 0.19)
    seen.moveTo(x + radius, y)
    seen.ellipse(x, y, radius, radius * 0.8, 0, 0, Math.PI * 2)
  }
  stage.shapes.push({
    path: seen,
    colour: mix(palette.accent, palette.light, 0.25),
    box: { x: 0, y: height * 0.8, width, height: height * 0.2 },
    kind: 'mark',
    group: 41,
    depth: 1,
  })
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
    const size = height * (0.15 + 0.14 * layer)
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
