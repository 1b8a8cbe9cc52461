import { Path2D } from '@napi-rs/canvas'
import { mix, shift, type Rgb } from '@/sandbox/painter/colour'
import { landColour, type Site } from '@/sandbox/painter/site'
import { polygon, type Kind, type Stage } from '@/sandbox/painter/stage'

/** Where a house front begins and ends, as distances from the eye; the nearest one is cut by the frame. */
const FRONTS = [6.6, 4.9, 3.7, 2.75, 2, 1.42, 0.8]
/** Half the width of the lane and the height of the eye above it, in the measure of `FRONTS`. */
const LANE = 0.62
const EYE = 1

type Point = (across: number, up: number, far: number) => [number, number]
/** One front: `side` is −1 left or 1 right. */
type Front = { side: number; near: number; far: number; high: number; depth: number; group: number }

/** A lane between houses, straight away from the eye: walls, paper windows, eaves, lanterns, wires across. */
export function alley(site: Site): void {
  const { stage, random, view } = site
  const { width, height, horizon } = stage
  const middle = width * (0.5 + (view.subjectX - 0.5) * 0.5)
  const focal = (height - horizon) * 1.12
  const at: Point = (across, up, far) => [
    middle + (focal * across) / far,
    horizon - (focal * (up - EYE)) / far,
  ]
  lane(site, at)
  for (let row = 0; row < FRONTS.length - 1; row += 1) {
    const [far = 1, near = 1] = FRONTS.slice(row)
    const depth = 0.25 + (row / (FRONTS.length - 2)) * 0.7
    for (const side of [-1, 1]) {
      const high = random.range(1.75, 2.5) + (row === 0 ? 0.5 : 0)
      const front = { side, near, far, high, depth, group: 14 + row * 5 }
      house(site, at, front)
      if (random.chance(0.75)) lamp(site, at, front)
    }
    if (row === 2 || row === 4) wire(site, at, { far: near, group: 18 + row * 5 })
  }
}

function add(
  stage: Stage,
  path: Path2D,
  kind: Kind,
  look: { colour: Rgb; to?: Rgb; group: number; depth: number; alpha?: number; line?: number },
): void {
  const [left, top, right, bottom] = path.getBounds()
  const box = { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
  stage.shapes.push({ path, kind, box, ...look })
}

/** The ground, lighter where it is far, with rows of slabs. */
function lane({ stage, random }: Site, at: Point): void {
  const { width, height, horizon, palette, unit } = stage
  const ground = new Path2D()
  ground.rect(-4, horizon - unit * 0.01, width + 8, height - horizon + unit * 0.02)
  const earth = shift(landColour(stage, 0.7), { chroma: 0.55 })
  const stone = mix(earth, palette.paper, palette.isNight ? 0.08 : 0.34)
  add(stage, ground, 'land', { colour: mix(stone, palette.sky[2], 0.35), to: stone, group: 12, depth: 0.5 })
  const joints = new Path2D()
  for (let far = 1; far < 6; far *= 1.17) {
    const [left, right] = [at(-LANE, 0, far), at(LANE, 0, far)]
    joints.moveTo(...left)
    joints.lineTo(...right)
    for (let slab = 0; slab < 3; slab += 1) {
      const across = random.range(-LANE, LANE)
      joints.moveTo(...at(across, 0, far))
      joints.lineTo(...at(across, 0, far * 1.17))
    }
  }
  add(stage, joints, 'mark', {
    colour: shift(stone, { light: -0.14 }),
    group: 13,
    depth: 0.6,
    alpha: 0.5,
    line: unit * 0.0022,
  })
}

/** A wall along the lane, the end of it that faces the eye, its windows and its eaves. */
function house({ stage, random }: Site, at: Point, front: Front): void {
  const { palette } = stage
  const { side, near, far, high, depth, group } = front
  const own = shift(landColour(stage, depth), { light: random.range(-0.03, 0.05), chroma: 0.6 })
  const plaster = mix(own, palette.paper, palette.isNight ? 0.07 : random.range(0.3, 0.62))
  const x = (over: number) => side * (LANE + over)
  const wall = polygon([at(x(0), 0, near), at(x(0), high, near), at(x(0), high, far), at(x(0), 0, far)])
  const gable = polygon([
    at(x(0), 0, near),
    at(x(0), high, near),
    at(x(0.5), high + 0.5, near),
    at(x(4), high + 0.5, near),
    at(x(4), 0, near),
  ])
  add(stage, wall, 'building', { colour: plaster, to: mix(plaster, palette.dark, 0.12), group, depth })
  windows(stage, at, front)
  add(stage, gable, 'building', { colour: shift(plaster, { light: -0.07 }), group: group + 2, depth })
  roof(stage, at, front)
}

/** The eaves over the lane, from below, and the slope that rises behind them. */
function roof(stage: Stage, at: Point, { side, near, far, high, depth, group }: Front): void {
  const { palette } = stage
  const x = (over: number) => side * (LANE + over)
  const tiles = shift(mix(palette.dark, landColour(stage, depth), 0.4), { chroma: 0.5 })
  const edge = (over: number, up: number) => at(x(over), high + up, near)
  const distant = (over: number, up: number) => at(x(over), high + up, far)
  const parts: [Rgb, [number, number][]][] = [
    [shift(tiles, { light: -0.06 }), [edge(-0.17, -0.03), distant(-0.17, -0.03), distant(0, 0), edge(0, 0)]],
    [tiles, [edge(-0.17, -0.03), distant(-0.17, -0.03), distant(-0.17, 0.08), edge(-0.17, 0.08)]],
    [
      shift(tiles, { light: 0.03 }),
      [
        edge(-0.17, -0.03),
        edge(-0.17, 0.08),
        edge(0.5, 0.6),
        edge(4, 0.6),
        edge(4, 0.48),
        edge(0.5, 0.48),
        edge(0, 0),
      ],
    ],
  ]
  for (const [colour, corners] of parts)
    add(stage, polygon(corners), 'building', { colour, group: group + 2, depth })
}

/** A door and paper windows, lit from inside when it is dark. */
function windows(stage: Stage, at: Point, { side, near, far, high, depth, group }: Front): void {
  const { palette } = stage
  const x = side * LANE
  const between = (part: number) => 1 / (1 / near + (1 / far - 1 / near) * part)
  const panes = new Path2D()
  const bars = new Path2D()
  for (const [from, to, low, top] of [
    [0.14, 0.4, 0.06, 1.32],
    [0.54, 0.86, 0.62, 1.32],
    ...(high > 2.05 ? ([[0.3, 0.7, 1.58, high - 0.16]] as const) : []),
  ] as const) {
    const corners = (up: number, part: number) => at(x, up, between(part))
    panes.addPath(polygon([corners(low, from), corners(top, from), corners(top, to), corners(low, to)]))
    for (const part of [from, (from + to) / 2, to]) {
      bars.moveTo(...corners(low, part))
      bars.lineTo(...corners(top, part))
    }
    for (const up of [low, low + (top - low) * 0.5, top]) {
      bars.moveTo(...corners(up, from))
      bars.lineTo(...corners(up, to))
    }
  }
  const paper = mix(palette.light, palette.accent, palette.isNight ? 0.22 : 0.04)
  add(stage, panes, 'light', { colour: paper, group: group + 1, depth, alpha: palette.isNight ? 0.95 : 0.8 })
  const wood = mix(palette.dark, palette.accent, 0.2)
  add(stage, bars, 'building', {
    colour: wood,
    group: group + 1,
    depth,
    line: stage.unit * (0.001 + depth * 0.0025),
  })
}

/** A lantern below the eaves. */
function lamp({ stage, random }: Site, at: Point, { side, near, far, high, depth, group }: Front): void {
  const [x, y] = at(
    side * (LANE - 0.15),
    Math.min(high, 1.9) - 0.34,
    near + (far - near) * random.range(0.2, 0.6),
  )
  const scale = Math.abs(at(1, 0, near)[0] - at(0, 0, near)[0]) * 0.085
  const string = new Path2D()
  string.moveTo(x, y - scale * 2.4)
  string.lineTo(x, y)
  add(stage, string, 'building', { colour: stage.palette.dark, group: group + 3, depth, line: scale * 0.12 })
  bulb(stage, { x, y, rx: scale * 0.82, ry: scale, group: group + 3, depth })
}

type Bulb = { x: number; y: number; rx: number; ry: number; group: number; depth: number }

function bulb(stage: Stage, { x, y, rx, ry, group, depth }: Bulb): void {
  const red = mix(stage.palette.accent, stage.scene.colours[0] ?? [222, 66, 46], 0.6)
  const outside = new Path2D()
  outside.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2)
  add(stage, outside, 'light', { colour: red, group, depth })
  const inside = new Path2D()
  inside.ellipse(x, y + ry * 0.12, rx * 0.5, ry * 0.62, 0, 0, Math.PI * 2)
  add(stage, inside, 'light', { colour: mix(red, stage.palette.light, 0.72), group, depth })
}

/** A wire over the lane with small lamps on it. */
function wire({ stage, random }: Site, at: Point, { far, group }: { far: number; group: number }): void {
  const sag = random.range(0.12, 0.26)
  const [left, right] = [at(-LANE, 2.15, far), at(LANE, 2.2, far)]
  const low = at(0, 2.17 - sag * 2, far)
  const path = new Path2D()
  path.moveTo(...left)
  path.quadraticCurveTo(...low, ...right)
  add(stage, path, 'building', {
    colour: stage.palette.dark,
    group,
    depth: 0.7,
    line: (stage.unit * 0.004) / Math.sqrt(far),
  })
  const radius = (stage.unit * 0.02) / far
  for (let lampAt = 1; lampAt < 7; lampAt += 1) {
    const part = lampAt / 7
    const bend = (from: number, by: number, to: number) =>
      from * (1 - part) ** 2 + 2 * by * part * (1 - part) + to * part ** 2
    const [x, y] = [bend(left[0], low[0], right[0]), bend(left[1], low[1], right[1])]
    bulb(stage, { x, y: y + radius, rx: radius, ry: radius, group, depth: 0.7 })
  }
}
