import { EMPTY_DRAFT } from '@/lib/drafts/draft'
import { toRequest } from '@/lib/drafts/request'
import { applyReuse, applyVariation } from '@/lib/drafts/reuse'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { SAMPLES } from '@/lib/upstream/limits'
import type { Ratio } from '@/lib/upstream/ratios'
import type { CreateImageBody } from '@/lib/upstream/schema'

/** What is generated from something that is there, without the form: the same again, in another ratio, a variation of an image. */
export type Run = { kind: 'again' } | { kind: 'ratio'; ratio: Ratio } | { kind: 'vary'; image: Image }

/** The request of a run: as many images as the generation asked for, from what it started from. */
export function requestOf(run: Run, generation: Generation): CreateImageBody {
  const draft =
    run.kind === 'vary'
      ? applyVariation(EMPTY_DRAFT, { generation, image: run.image })
      : applyReuse(EMPTY_DRAFT, 'all', { generation })
  const sample = SAMPLES.find((known) => known === generation.sample) ?? draft.sample
  return { ...toRequest(draft), sample, ...(run.kind === 'ratio' && { ratio: run.ratio }) }
}
