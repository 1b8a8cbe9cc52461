import { lowPoly } from '@/lib/sandbox/painter/techniques/low-poly'
import { paperCut } from '@/lib/sandbox/painter/techniques/paper-cut'
import { pixelArt } from '@/lib/sandbox/painter/techniques/pixel-art'
import { riso } from '@/lib/sandbox/painter/techniques/riso'
import { soft } from '@/lib/sandbox/painter/techniques/soft'
import type { Stage } from '@/lib/sandbox/painter/stage'
import type { Finished } from '@/lib/sandbox/painter/surface'

export type Technique = (stage: Stage) => Finished

/** The technique of each of the sandbox's styles. */
const TECHNIQUES: ReadonlyMap<number, Technique> = new Map([
  [103, paperCut],
  [104, lowPoly],
  [105, riso],
  [108, pixelArt],
  [112, soft],
])

/** The technique that answers for a style id; any id has one. */
export function techniqueOf(styleId: number): Technique {
  const all = [...TECHNIQUES.values()]
  return TECHNIQUES.get(styleId) ?? all[Math.abs(Math.trunc(styleId)) % all.length] ?? soft
}
