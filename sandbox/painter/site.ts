import type { Path2D } from '@napi-rs/canvas'
import { mix, type Rgb } from '@/sandbox/painter/colour'
import type { Random } from '@/sandbox/painter/random'
import type { Kind, Stage } from '@/sandbox/painter/stage'
import type { View } from '@/sandbox/painter/view'
import type { Place } from '@/sandbox/painter/words/setting-words'

/** A stage while it is being laid. */
export type Site = { stage: Stage; view: View; random: Random; place: Place }

type Land = { path: Path2D; depth: number; group: number; top: number; kind: Kind; colour?: Rgb }

export function addLand(stage: Stage, { path, depth, group, top, kind, colour }: Land): void {
  const own = colour ?? landColour(stage, depth)
  const haze = mix(own, stage.palette.sky[2], kind === 'land' ? 0.34 * (1 - depth) + 0.12 : 0.1)
  stage.shapes.push({
    path,
    colour: own,
    to: haze,
    box: { x: 0, y: top, width: stage.width, height: Math.max(1, (stage.height - top) * 0.7) },
    kind,
    group,
    depth,
  })
}

export function landColour({ palette }: Stage, depth: number): Rgb {
  const [far, middle, near] = palette.land
  return depth < 0.5 ? mix(far, middle, depth * 2) : mix(middle, near, depth * 2 - 1)
}
