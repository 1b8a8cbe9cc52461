import { LINEAGE, type Draft, type Lineage } from '@/lib/drafts/draft'
import { groupOf, variationOf } from '@/lib/drafts/variation'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/limits'
import type { CreateImageBody } from '@/lib/upstream/schema'

export type Problem = 'no_prompt' | 'too_long' | 'no_style' | 'no_reference' | 'no_image'

/** Why a draft cannot be sent yet: what a person would fix first. Null when it can. */
export function problemOf(draft: Draft): Problem | null {
  if (!draft.prompt.trim()) return 'no_prompt'
  if (codePoints(draft.prompt) > PROMPT_MAX) return 'too_long'
  if (draft.source === 'style') return draft.style ? null : 'no_style'
  if (draft.source === 'reference') return draft.reference?.path ? null : 'no_reference'
  return draft.image ? null : 'no_image'
}

/** The published request of a draft that has no problem: exactly one source, the prompt verbatim, no empty members. */
export function toRequest(draft: Draft): CreateImageBody {
  const { prompt, ratio, sample } = draft
  const group = groupOf(draft)
  return {
    prompt,
    ratio,
    sample,
    ...sourceOf(draft),
    ...lineageOf(draft),
    ...(group && { groupId: group.groupId }),
  }
}

function sourceOf(draft: Draft) {
  const { source, style, reference, image } = draft
  const variation = variationOf(draft)
  if (source === 'reference') return { image: reference?.path }
  if (source === 'image') return { imageId: image?.imageId }
  return { styleId: style?.styleId, ...(variation && { imageId: variation.imageId }) }
}

/** Only what belongs to this prompt: a caption of a reference says nothing once the reference is not the source. */
function lineageOf({ lineage, source }: Draft): Lineage {
  const names = LINEAGE.filter((name) => source !== 'style' || !name.startsWith('caption'))
  return Object.fromEntries(names.flatMap((name) => (lineage[name] ? [[name, lineage[name]]] : [])))
}
