import { hashText, randomOf, type Random } from '@/sandbox/painter/random'
import { sceneKey, type Scene } from '@/sandbox/painter/scene'

/** Where the photographer stands and when: what differs between the samples of one order. */
export type View = {
  /** Larger is closer. */
  zoom: number
  /** The subject's place across the image, 0–1. */
  subjectX: number
  /** Horizon from the top, 0–1. */
  horizon: number
  sunX: number
  /** The sun's height above the horizon, 0–1. */
  sunY: number
  isMirrored: boolean
  /** −1 earlier and cooler … 1 later and warmer. */
  hour: number
}

export type Layout = { view: View; random: Random; palette: Random; detail: number }

type Order = { seed: number; sample: number }
/** A source's own scene, when its words are known, decides where things stand. */
type Origin = Order & { scene: Scene }

const FRAMINGS: [View, ...View[]] = [
  { zoom: 1, subjectX: 0.5, horizon: 0.6, sunX: 0.68, sunY: 0.58, isMirrored: false, hour: 0 },
  { zoom: 0.8, subjectX: 0.36, horizon: 0.68, sunX: 0.74, sunY: 0.46, isMirrored: false, hour: 0.8 },
  { zoom: 1.28, subjectX: 0.54, horizon: 0.54, sunX: 0.3, sunY: 0.72, isMirrored: true, hour: -0.7 },
  { zoom: 0.92, subjectX: 0.62, horizon: 0.64, sunX: 0.28, sunY: 0.3, isMirrored: true, hour: 1.5 },
]

/**
 * The layout of an image. With a source its ground plan is the source's own, moved by a step to the side: a variation
 * keeps what its original was.
 */
export function layoutOf(scene: Scene, order: Order, source: Origin | null): Layout {
  const ground = source ?? order
  const key = hashText(sceneKey(source?.scene ?? scene))
  const own = randomOf((key ^ Math.imul(order.seed + 1, 2654435761)) + order.sample * 7919)
  const random = randomOf(`${key} ${ground.seed}`)
  const base = FRAMINGS[Math.abs(Math.trunc(ground.sample)) % FRAMINGS.length] ?? FRAMINGS[0]
  const flip = random.chance(0.5)
  const nudge = (value: number, by: number) => value + random.range(-by, by)
  const step = source ? 0.35 : 0
  const near = (by: number) => own.range(-by, by) * step
  return {
    view: {
      zoom: nudge(base.zoom, 0.05) + near(0.2),
      subjectX: nudge(base.subjectX, 0.03) + near(0.1),
      horizon: nudge(base.horizon, 0.05) + near(0.06),
      sunX: nudge(base.sunX, 0.06) + near(0.12),
      sunY: nudge(base.sunY, 0.08) + near(0.12),
      isMirrored: base.isMirrored !== flip,
      hour: base.hour + near(1.6),
    },
    random: randomOf(`${key} ${ground.seed} ground`),
    palette: randomOf(`${key} ${ground.seed} palette`),
    detail: hashText(`${key} ${order.seed} ${order.sample}`),
  }
}
