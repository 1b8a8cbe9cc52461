import type { Stage } from '@/sandbox/painter/stage'
import type { Finished } from '@/sandbox/painter/surface'
import { bauhaus } from '@/sandbox/painter/techniques/bauhaus'
import { ink } from '@/sandbox/painter/techniques/ink'
import { lowPoly } from '@/sandbox/painter/techniques/low-poly'
import { minhwa } from '@/sandbox/painter/techniques/minhwa'
import { neon } from '@/sandbox/painter/techniques/neon'
import { paperCut } from '@/sandbox/painter/techniques/paper-cut'
import { pixelArt } from '@/sandbox/painter/techniques/pixel-art'
import { riso } from '@/sandbox/painter/techniques/riso'
import { soft } from '@/sandbox/painter/techniques/soft'
import { stainedGlass } from '@/sandbox/painter/techniques/stained-glass'
import { stillLife } from '@/sandbox/painter/techniques/still-life'
import { watercolour } from '@/sandbox/painter/techniques/watercolour'
import type { Place, Time } from '@/sandbox/painter/words/setting-words'

export type Technique = {
  render: (stage: Stage) => Finished
  /** Where it plays when the prompt names no place, and at what hour when it names none. */
  home?: Place
  hour?: Time
}

/** The technique of each of the sandbox's styles. */
const TECHNIQUES: ReadonlyMap<number, Technique> = new Map<number, Technique>([
  [101, { render: ink }],
  [102, { render: watercolour }],
  [103, { render: paperCut }],
  [104, { render: lowPoly }],
  [105, { render: riso }],
  [106, { render: neon, home: 'city', hour: 'night' }],
  [107, { render: stainedGlass }],
  [108, { render: pixelArt }],
  [109, { render: minhwa }],
  [110, { render: stillLife, home: 'table' }],
  [111, { render: bauhaus }],
  [112, { render: soft }],
])

/** The technique that answers for a style id; any id has one. */
export function techniqueOf(styleId: number): Technique {
  const all = [...TECHNIQUES.values()]
  return TECHNIQUES.get(styleId) ?? all[Math.abs(Math.trunc(styleId) || 0) % all.length] ?? { render: soft }
}
