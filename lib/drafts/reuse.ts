import { LINEAGE, type Draft, type SourceImage } from '@/lib/drafts/draft'
import { groupOf, variationOf } from '@/lib/drafts/variation'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { SAMPLES } from '@/lib/upstream/limits'
import { OFFERED_RATIOS, type Ratio } from '@/lib/upstream/ratios'

export const REUSES = ['all', 'prompt', 'style', 'source'] as const
export type Reuse = (typeof REUSES)[number]

export const isReuse = (value: unknown): value is Reuse => REUSES.some((reuse) => reuse === value)

type Reusable = Pick<
  Generation,
  'groupId' | 'prompt' | 'ratio' | 'sample' | 'source' | (typeof LINEAGE)[number]
>

/** The draft after taking over something of a generation; `image` is the image it was reached from. */
export function applyReuse(
  draft: Draft,
  reuse: Reuse,
  { generation, image }: { generation: Reusable; image?: Image },
): Draft {
  if (reuse === 'prompt') return { ...draft, prompt: generation.prompt, lineage: lineageOf(generation) }
  if (reuse === 'style') return { ...draft, ...styleOf(generation) }
  if (reuse === 'source') return { ...draft, ...imageSourceOf(image) }
  return {
    ...draft,
    prompt: generation.prompt,
    lineage: lineageOf(generation),
    ...sourceOf(generation),
    ratio: offered(generation.ratio) ?? draft.ratio,
    sample: SAMPLES.find((sample) => sample === generation.sample) ?? draft.sample,
  }
}

/** Continues a generation's group from one of its images: in its style when it had one, from the image alone otherwise. */
export function applyVariation(
  draft: Draft,
  { generation, image }: { generation: Reusable; image: Image },
): Draft {
  const sourceImage = sourceImageOf(image)
  const next = applyReuse(draft, 'all', { generation })
  if (!sourceImage) return next
  const group = { groupId: generation.groupId, prompt: generation.prompt, imageId: sourceImage.imageId }
  if (generation.source.kind !== 'style') return { ...next, group, source: 'image', image: sourceImage }
  return {
    ...next,
    group,
    source: 'style',
    variation: { ...sourceImage, from: fromOf(generation, generation.source) },
  }
}

export type Change = 'prompt' | 'source' | 'ratio' | 'sample' | 'group'

/** What of a draft would become different, as people see it, in the order of the form. */
export function changesBetween(before: Draft, after: Draft): Change[] {
  const isNew: Record<Change, boolean> = {
    prompt: before.prompt !== after.prompt,
    source: sourceKey(before) !== sourceKey(after),
    ratio: before.ratio !== after.ratio,
    sample: before.sample !== after.sample,
    group: groupOf(before)?.groupId !== groupOf(after)?.groupId,
  }
  return (['prompt', 'source', 'ratio', 'sample', 'group'] as const).filter((change) => isNew[change])
}

function sourceKey(draft: Draft): string {
  const { source, style, reference, image } = draft
  if (source === 'style') return `style ${style?.styleId} ${variationOf(draft)?.imageId}`
  return source === 'reference' ? `reference ${reference?.path}` : `image ${image?.imageId}`
}

function lineageOf(generation: Reusable): Draft['lineage'] {
  return Object.fromEntries(LINEAGE.flatMap((name) => (generation[name] ? [[name, generation[name]]] : [])))
}

function styleOf({ source }: Reusable): Partial<Draft> {
  return source.kind === 'style' ? { source: 'style', style: { styleId: source.styleId } } : {}
}

const fromOf = ({ prompt }: Reusable, { styleId }: { styleId: number }) => ({ styleId, prompt })

function sourceOf(generation: Reusable): Partial<Draft> {
  const { source } = generation
  if (source.kind === 'reference') return { source: 'reference', reference: { path: source.image } }
  if (source.kind === 'image') return { source: 'image', image: { imageId: source.imageId } }
  const variation =
    source.imageId === undefined ? null : { imageId: source.imageId, from: fromOf(generation, source) }
  return { source: 'style', style: { styleId: source.styleId }, variation }
}

function imageSourceOf(image: Image | undefined): Partial<Draft> {
  const sourceImage = image && sourceImageOf(image)
  return sourceImage ? { source: 'image', image: sourceImage } : {}
}

/** An image as a source; upstream must know it, and a blurred one is not passed on. */
export function sourceImageOf({ imageId, urls, prompt, blurReason, state }: Image): SourceImage | null {
  if (imageId === null || blurReason || state !== 'completed') return null
  return { imageId, thumb: urls.thumb, prompt }
}

/** A legacy ratio as the offered one of its shape. */
function offered(ratio: string): Ratio | undefined {
  const legacy: Record<string, Ratio> = { square: '1:1', vertical: '3:4', horizontal: '4:3' }
  return OFFERED_RATIOS.find((known) => known === ratio) ?? legacy[ratio]
}
