import { Path2D } from '@napi-rs/canvas'
import { mix, rgb, shift, type Rgb } from '@/sandbox/painter/colour'
import { paletteOf } from '@/sandbox/painter/palette'
import { layAt } from '@/sandbox/painter/places'
import { placeSubjects } from '@/sandbox/painter/placing'
import { randomOf, type Random } from '@/sandbox/painter/random'
import type { Scene } from '@/sandbox/painter/scene'
import { circle, type Shape, type Stage } from '@/sandbox/painter/stage'
import { SUBJECTS } from '@/sandbox/painter/subjects/all'
import type { Layout } from '@/sandbox/painter/view'
import type { Place, Time } from '@/sandbox/painter/words/setting-words'
import type { SubjectKind } from '@/sandbox/painter/words/subject-words'

export type Size = { width: number; height: number; home?: Place; hour?: Time }

/** Puts a scene on a stage of this size: sky, land from far to near, the subjects, and what falls before them. */
export function compose(asked: Scene, layout: Layout, { width, height, home, hour }: Size): Stage {
  const scene = { ...asked, subjects: [...asked.subjects], time: asked.time ?? hour ?? null }
  const unit = Math.min(width, height)
  const { view } = layout
  const palette = paletteOf(scene, layout.palette, view.hour)
  const place = placeOf(scene, layout, home)
  const horizon = height * (place === 'table' ? 0.64 : place === 'aurora' ? 0.8 : view.horizon)
  const stage: Stage = {
    width,
    height,
    unit,
    place,
    horizon,
    lens: { zoom: view.zoom, pan: (view.subjectX - 0.5) * 1.6 },
    scene,
    palette,
    sun: null,
    shapes: [],
    seed: layout.detail,
    focus: { x: width * 0.5, y: height * 0.5, radius: unit * 0.3 },
  }
  const at = view.isMirrored ? { ...view, subjectX: 1 - view.subjectX, sunX: 1 - view.sunX } : view
  const site = { stage, view: at, random: layout.random, place }
  if (place !== 'table' && place !== 'pond')
    hangSun(stage, at.sunX, place === 'mountains' ? Math.max(0.62, at.sunY) : at.sunY)
  layAt(site)
  placeSubjects(site)
  if (place !== 'table') addWeather(stage)
  return stage
}

const HOMES: Partial<Record<SubjectKind, Place>> = {
  koi: 'pond',
  lotus: 'lake',
  bridge: 'lake',
  palm: 'dunes',
  bamboo: 'mountains',
  umbrella: 'city',
  car: 'city',
  tower: 'city',
  bicycle: 'alley',
  lantern: 'alley',
  hanok: 'village',
  lighthouse: 'sea',
  gull: 'sea',
  rocket: 'space',
  cactus: 'dunes',
  flower: 'meadow',
  rose: 'meadow',
  tulip: 'meadow',
  sunflower: 'meadow',
  windmill: 'meadow',
  sofa: 'table',
  chair: 'table',
  astronaut: 'space',
  christmasTree: 'snowfield',
  storefront: 'city',
}

/** Where a scene plays: as its words say, else where its first subject is at home, else anywhere fair. */
function placeOf(scene: Scene, { random }: Layout, home?: Place): Place {
  const [named] = scene.places
  const [first] = scene.subjects
  if (named && named !== 'abstract') return named
  if (home) return home
  if (!first) return random.pick(['mountains', 'sea', 'dunes', 'meadow', 'lake', 'mountains'])
  const { stance } = SUBJECTS[first.kind]
  const own = HOMES[first.kind]
  if (own) return own
  if (stance === 'table') return 'table'
  if (stance === 'water') return 'sea'
  return random.pick(['meadow', 'mountains', 'forest', 'meadow'])
}

function hangSun(stage: Stage, x: number, y: number): void {
  const { scene, palette, width, unit, horizon } = stage
  const isMoon = scene.sky === 'moon' || (palette.isNight && scene.sky !== 'sun')
  if (scene.weather.includes('rain') && !scene.sky) return
  const isGrand = scene.sky !== null || scene.subjects.length === 0
  const radius = unit * (isGrand ? 0.13 : 0.09)
  const colour: Rgb = isMoon
    ? palette.light
    : scene.time === 'sunset'
      ? mix(palette.light, palette.accent, 0.35)
      : palette.light
  const sun = { x: width * x, y: Math.max(radius * 1.4, horizon * (1 - y)), radius, colour, isMoon }
  stage.sun = sun
  stage.shapes.push({
    path: circle(sun.x, sun.y, radius),
    colour,
    box: { x: sun.x - radius, y: sun.y - radius, width: radius * 2, height: radius * 2 },
    kind: 'light',
    group: 1,
    depth: 0,
  })
}

function addWeather(stage: Stage): void {
  const { scene, width, height, unit } = stage
  const random = randomOf(stage.seed)
  if (scene.weather.includes('snow'))
    for (let flake = 0; flake < 110; flake += 1) {
      const radius = unit * random.range(0.0018, 0.0065)
      const [x, y] = [random.range(0, width), random.range(0, height)]
      stage.shapes.push(dot({ x, y, radius, colour: rgb('#ffffff'), alpha: 0.9 }))
    }
  if (scene.weather.includes('rain')) stage.shapes.push(streaks(stage, random))
  const fall = scene.season === 'spring' ? '#f7b9c8' : scene.season === 'autumn' ? '#d9622b' : null
  if (fall)
    for (let petal = 0; petal < 26; petal += 1)
      stage.shapes.push(drifting(stage, random, scene.colours[0] ?? rgb(fall)))
  if (scene.weather.includes('stars') || stage.palette.isNight) {
    for (let star = 0; star < 70; star += 1) {
      const [x, y] = [random.range(0, width), random.range(0, stage.horizon * 0.85)]
      stage.shapes.unshift(
        dot({ x, y, radius: unit * random.range(0.0009, 0.0026), colour: rgb('#fffbe8'), alpha: 0.85 }),
      )
    }
  }
}

function streaks({ width, height, unit }: Stage, random: Random): Shape {
  const path = new Path2D()
  for (let drop = 0; drop < 130; drop += 1) {
    const [x, y, long] = [width * random.next(), height * random.next(), unit * random.range(0.02, 0.06)]
    path.moveTo(x, y)
    path.lineTo(x - long * 0.16, y + long)
  }
  const box = { x: 0, y: 0, width, height }
  return {
    path,
    colour: [232, 240, 250],
    box,
    kind: 'mark',
    group: 0,
    depth: 0,
    line: unit * 0.0017,
    alpha: 0.42,
  }
}

/** A petal or a leaf in the air. */
function drifting({ width, height, unit }: Stage, random: Random, colour: Rgb): Shape {
  const [x, y, size] = [width * random.next(), height * random.next(), unit * random.range(0.005, 0.013)]
  const path = new Path2D()
  path.ellipse(x, y, size, size * 0.5, random.range(0, 3), 0, Math.PI * 2)
  const box = { x: x - size, y: y - size, width: size * 2, height: size * 2 }
  const own = shift(colour, { light: random.range(-0.06, 0.06) })
  return { path, colour: own, box, kind: 'mark', group: 0, depth: 0, alpha: 0.92 }
}

type Dot = { x: number; y: number; radius: number; colour: Rgb; alpha: number }

function dot({ x, y, radius, colour, alpha }: Dot) {
  const box = { x: x - radius, y: y - radius, width: radius * 2, height: radius * 2 }
  return { path: circle(x, y, radius), colour, box, kind: 'mark', group: 0, depth: 0, alpha } as const
}
