import { Path2D } from '@napi-rs/canvas'
import { brightness, mix, shift, WHITE, type Rgb } from '@/sandbox/painter/colour'
import { dressed } from '@/sandbox/painter/palette'
import { randomOf } from '@/sandbox/painter/random'
import type { SceneSubject } from '@/sandbox/painter/scene'
import type { Site } from '@/sandbox/painter/site'
import type { Box, Kind, Stage } from '@/sandbox/painter/stage'
import { SUBJECTS } from '@/sandbox/painter/subjects/all'
import { FLOWERS } from '@/sandbox/painter/subjects/flowers'
import type { Tone } from '@/sandbox/painter/subjects/pen'
import type { Place } from '@/sandbox/painter/words/setting-words'
import type { SubjectKind } from '@/sandbox/painter/words/subject-words'

export type Spot = {
  x: number
  foot: number
  size: number
  group: number
  depth: number
  isMirrored?: boolean
  turn?: number
  /** What its shapes are a part of, when that is more than the thing itself. */
  box?: Box
}

/** Puts the scene's subjects where they belong, the first one in front; but a thing is not hidden by who has it. */
export function placeSubjects(site: Site): void {
  const { stage, view } = site
  const subjects = stage.scene.subjects.filter(({ kind }) => !isThereAlready(site, kind))
  const fronts = subjects.filter(({ kind }) => SUBJECTS[kind].stance === 'front')
  const behindFirst = subjects.map((subject, at) => ({ subject, at })).reverse()
  for (const { subject, at } of behindFirst.filter((one) => fronts.includes(one.subject))) {
    const x = fronts.length === 1 ? view.subjectX : (fronts.indexOf(subject) + 0.6) / (fronts.length + 0.2)
    spread(site, subject, {
      x,
      share: fronts.length === 1 ? 1 : 0.76,
      group: 60 + (subjects.length - at) * 10,
    })
  }
  for (const { subject, at } of behindFirst.filter((one) => !fronts.includes(one.subject))) {
    const x = at === 0 && !fronts.length ? view.subjectX : sideOf(view.subjectX, at || 1)
    const share = fronts.length ? 0.54 : at === 0 ? 1 : 0.72
    spread(site, subject, { x, share, group: 60 + (subjects.length - at) * 10 })
  }
}

function hasFront({ scene }: Stage): boolean {
  return scene.subjects.some(({ kind }) => SUBJECTS[kind].stance === 'front')
}

/** A village has its hanok, an island its house and its palms, a forest its trees, a moon jar its twig of blossom, a vase the flowers, a train its viaduct. */
function isThereAlready({ stage, place }: Site, kind: SubjectKind): boolean {
  const { subjects } = stage.scene
  const isWith = (other: SubjectKind) => subjects.some((subject) => subject.kind === other)
  if (kind === 'hanok') return place === 'village' && subjects.length > 1
  if (kind === 'house' || kind === 'palm') return place === 'island'
  if (kind === 'pine' || kind === 'tree') return stage.scene.places[0] === 'forest' && subjects.length > 1
  if (kind === 'bridge') return isWith('train')
  return (kind === 'flower' && isWith('moonJar')) || (kind in FLOWERS && isWith('vase'))
}

function sideOf(first: number, at: number): number {
  const away = first < 0.5 ? 1 : -1
  return [first, first + away * 0.3, first - away * 0.3, first + away * 0.42][at] ?? 0.5
}

/** How high each of them is: alone as large as it likes to be, among others smaller. */
function sizeOf({ stage, view, place }: Site, { kind, count }: SceneSubject, share: number): number {
  const { width, unit } = stage
  const { size, stance, isSmall } = SUBJECTS[kind]
  const near = unit * size * share * (isSmall ? Math.sqrt(view.zoom) : view.zoom)
  const full = Math.min(near, unit * Math.max(size, 0.98))
  const isOnIsland = place === 'island' && isSmall && stance === 'ground'
  const alone = place === 'table' ? Math.min(full * 1.14, unit * 0.74) : isOnIsland ? full * 0.62 : full
  if (count === 1) return alone
  return Math.min(width / (0.35 + 0.62 * count), alone * Math.max(0.42, 1 / Math.sqrt(count * 0.55)))
}

function spread(
  site: Site,
  { kind, count }: SceneSubject,
  { x, share, group }: { x: number; share: number; group: number },
): void {
  const { stage, view } = site
  const { width } = stage
  const size = sizeOf(site, { kind, count }, share)
  const [foot, depth] = footOf(site, kind, size)
  const reach = count === 1 ? 0 : Math.max(0, Math.min(width * 0.94 - size, size * 0.9 * (count - 1)))
  const { stance } = SUBJECTS[kind]
  const isWide = stance === 'table' || site.place === 'table'
  const margin = reach / 2 + size * (count === 1 && !isWide ? 0.3 : 0.5)
  const centre = Math.min(width - margin, Math.max(margin, width * x))
  if (site.place === 'table' && isEdible(kind))
    plate(site, { x: centre, foot: foot - size * 0.03, half: reach / 2 + size * 0.62, group: group - 6 })
  const bunch = kind === 'vase' ? stage.scene.subjects.find((other) => other.kind in FLOWERS) : undefined
  if (bunch) return arrange(site, bunch.kind, { x: centre, foot, size, group, depth })
  for (let at = 0; at < count; at += 1) {
    const one = { x: centre, foot, size, group: group + Math.min(9, at), depth }
    insertSubject(
      site,
      kind,
      count === 1
        ? { ...one, ...turned(site, view.isMirrored) }
        : oneOf(site, kind, { one, reach, at, count }),
    )
  }
  if (share === 1 || stance === 'front')
    stage.focus = { x: centre, y: foot - size / 2, radius: Math.max(size, reach) * 0.6 }
}

/** Flowers in their vase: one thing with one shadow. */
function arrange(site: Site, flowers: SubjectKind, vase: Spot): void {
  const { x, foot, size } = vase
  const mouth = foot - size * 0.96
  const tall = Math.min(size, mouth - site.stage.unit * 0.05)
  const box = { x: x - size / 2, y: mouth - tall, width: size, height: foot - mouth + tall }
  insertSubject(site, 'vase', { ...vase, box })
  insertSubject(site, flowers, { ...vase, foot: mouth, size: tall, box })
}

function isEdible(kind: SubjectKind): boolean {
  return kind === 'persimmon' || kind === 'fruit' || kind === 'citrus'
}

type Plate = { x: number; foot: number; half: number; group: number }

function plate({ stage }: Site, { x, foot, half, group }: Plate): void {
  const box = { x: x - half, y: foot - half * 0.16, width: half * 2, height: half * 0.36 }
  const white = mix(stage.palette.paper, WHITE, 0.5)
  for (const [part, dy, colour] of [
    [1, 0.05, shift(white, { light: -0.18 })],
    [1, 0, white],
    [0.74, 0.012, shift(white, { light: -0.07 })],
  ] as const) {
    const path = new Path2D()
    path.ellipse(x, foot + half * dy, half * part, half * 0.15 * part, 0, 0, Math.PI * 2)
    stage.shapes.push({ path, colour, box, kind: 'subject', group, depth: 0.8 })
  }
}

type Crowd = { one: Spot; reach: number; at: number; count: number }

/** One of several: beside the others, none quite like the next. */
function oneOf(site: Site, kind: SubjectKind, { one, reach, at, count }: Crowd): Spot {
  const { random, stage, place } = site
  const { stance } = SUBJECTS[kind]
  const isAfloat = stance === 'air' || place === 'pond'
  const apart = reach / (count - 1)
  const lift = random.range(-1, 1) * (isAfloat ? stage.height * 0.16 : one.size * 0.07)
  const back = stance === 'table' && at % 2 === 1 && count > 2 ? one.size * 0.1 : 0
  return {
    ...one,
    x: one.x + (at / (count - 1) - 0.5) * reach + (isAfloat ? random.range(-0.25, 0.25) * apart : 0),
    foot: one.foot + lift - back,
    size: one.size * random.range(0.86, 1.1),
    ...turned(site, random.chance(0.5)),
  }
}

function turned({ place, random }: Site, isMirrored: boolean): { isMirrored: boolean; turn: number } {
  return { isMirrored, turn: place === 'pond' ? random.range(-0.9, 0.9) : 0 }
}

/** How far down the ground of a street people and things stand. */
const STREETS: Partial<Record<Place, number>> = { city: 0.92, alley: 0.8 }

/** Where the subject's feet are, and how near that is. */
function footOf({ stage, view, place }: Site, kind: SubjectKind, size: number): [number, number] {
  const { height, horizon, unit } = stage
  const { stance, isSmall } = SUBJECTS[kind]
  if (stance === 'front') return [height, 0.95]
  if (place === 'pond') return [height * 0.5 + size * 0.5, 0.7]
  if (place === 'table' && hasFront(stage)) return [height - unit * 0.03, 0.95]
  if (place === 'table')
    return [Math.min(height - unit * 0.05, horizon + Math.max(unit * 0.13, size * 0.22)), 0.8]
  if (stance === 'air') return [Math.max(size * 1.1, horizon * 0.42 + size * 0.5), 0.6]
  if (stance === 'water') return [horizon + (height - horizon) * 0.34 + size * (isSmall ? 0.12 : 0.3), 0.6]
  if (place === 'alley' && kindOf(kind) === 'building') return [horizon + (height - horizon) * 0.36, 0.6]
  if (isSmall && place === 'island') return [horizon + (height - horizon) * 0.3 - unit * 0.12, 0.7]
  if (isSmall) return [horizon + (height - horizon) * (STREETS[place] ?? 0.62), 0.75]
  return [Math.min(height * 1.02, height - unit * 0.02 * (2 - view.zoom)), 0.95]
}

/** Adds one subject's outlines to the stage, its box `size` high with its foot in the middle at (x, foot). */
export function insertSubject({ stage }: Site, kind: SubjectKind, spot: Spot): void {
  const { x, foot, size, group, depth, turn = 0 } = spot
  const subject = SUBJECTS[kind]
  const named = stage.scene.subjects.find((asked) => asked.kind === kind)?.colour
  const scale = size / 100
  const mirror = spot.isMirrored ? -1 : 1
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)]
  const matrix = {
    a: cos * scale * mirror,
    b: sin * scale * mirror,
    c: -sin * scale,
    d: cos * scale,
    e: x - (cos * 50 * mirror - sin * 50) * scale,
    f: foot - size / 2 - (sin * 50 * mirror + cos * 50) * scale,
  }
  const random = randomOf(`${kind} ${stage.scene.flavour} ${Math.round(group)}`)
  const whole = { x: 0, y: 0, width: stage.width, height: stage.height }
  const own = { x: x - size / 2, y: foot - size, width: size, height: size }
  const box = spot.box ?? (subject.stance === 'front' ? whole : own)
  for (const { tone, d, line } of subject.parts(random)) {
    const path = new Path2D()
    path.addPath(new Path2D(d), matrix)
    stage.shapes.push({
      path,
      colour: toned(stage, dressed(subject.colours[tone], stage.scene, shareOf(tone), named), tone, depth),
      box,
      kind: kindOf(kind),
      group,
      depth,
      ...(line !== undefined && { line: Math.max(0.8, line * scale) }),
    })
  }
}

/** How much of a tone takes a named colour. */
function shareOf(tone: Tone): number {
  return { body: 0.64, shade: 0.52, accent: 0.62, light: 0.12, dark: 0.12, deep: 0.12 }[tone]
}

/** The tone under the light of the scene and the colours the prompt names. */
function toned({ scene, palette }: Site['stage'], own: Rgb, tone: Tone, depth: number): Rgb {
  const lit = palette.isNight ? mix(own, palette.land[1], tone === 'light' ? 0.1 : 0.2) : own
  const ground = brightness(depth > 0.9 ? palette.land[1] : palette.water)
  const isLost = palette.isNight && Math.abs(brightness(lit) - ground) < 0.14 && tone !== 'deep'
  const aired = isLost ? shift(lit, { light: 0.16 }) : mix(lit, palette.sky[2], 0.16 * (1 - depth))
  return scene.time === 'sunset' ? mix(aired, palette.accent, 0.12) : aired
}

function kindOf(kind: SubjectKind): Kind {
  if (
    kind === 'hanok' ||
    kind === 'house' ||
    kind === 'tower' ||
    kind === 'lighthouse' ||
    kind === 'storefront' ||
    kind === 'windmill'
  )
    return 'building'
  return kind === 'tree' || kind === 'pine' || kind === 'bamboo' ? 'plant' : 'subject'
}
