import type { Draft, Group, Variation } from '@/lib/drafts/draft'
import { isAboutTheSame } from '@/lib/text/same-subject'

/** A new beginning. */
export const NOTHING_VARIED = { variation: null, group: null }

/** The image that the draft varies. With another style and another subject it is a new beginning, not a variation. */
export function variationOf({ source, style, variation, prompt }: Draft): Variation | null {
  if (source !== 'style' || !style || !variation) return null
  const { from } = variation
  return style.styleId === from.styleId || isAboutTheSame(prompt, from.prompt) ? variation : null
}

/** The group that the draft's images will join: it belongs to the image, and ends with it. */
export function groupOf(draft: Draft): Group | null {
  const { source, image, group } = draft
  const varied = source === 'image' ? image : variationOf(draft)
  return group && varied?.imageId === group.imageId ? group : null
}
