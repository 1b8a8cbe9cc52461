import { SAMPLES, type Sample } from '@/lib/upstream/limits'
import { OFFERED_RATIOS, RATIOS, type Ratio } from '@/lib/upstream/ratios'

export const SOURCES = ['style', 'reference', 'image'] as const
export type SourceKind = (typeof SOURCES)[number]

/** The prompts that led to the prompt: Flamel's own field names, sent and kept beside it. */
export const LINEAGE = [
  'initialPrompt',
  'enhancedPrompt',
  'captionPrompt',
  'captionTPrompt',
  'randomPrompt',
] as const
export type Lineage = Partial<Record<(typeof LINEAGE)[number], string>>

/** An image at upstream: `imageId` is upstream's number, `thumb` an address of ours when the Studio has it. */
export type SourceImage = { imageId: number; thumb?: string; prompt?: string }

/** An image that is varied, with the style and the prompt it came of: they tell a variation from a new beginning. */
export type Variation = SourceImage & { from: { styleId: number; prompt: string } }

/** A lineage that the images may join: its last prompt, to name it by, and the image of it that is gone on from. */
export type Group = { groupId: string; prompt: string; imageId: number }

/** What a person is composing. Every source keeps what was chosen for it; only the one named by `source` is sent. */
export type Draft = {
  prompt: string
  lineage: Lineage
  source: SourceKind
  style: { styleId: number } | null
  /** With a style: the image that is varied in it, as long as `variationOf` (lib/drafts/variation) says so. */
  variation: Variation | null
  reference: { path: string; thumb?: string } | null
  image: SourceImage | null
  ratio: Ratio
  sample: Sample
  /** The lineage that the images will join, as long as `groupOf` says so; null begins a new one. */
  group: Group | null
  /** Whether only its maker and admins will see it; null: as the team has it. */
  isPrivate: boolean | null
}

export const EMPTY_DRAFT: Draft = {
  prompt: '',
  lineage: {},
  source: 'style',
  style: null,
  variation: null,
  reference: null,
  image: null,
  ratio: OFFERED_RATIOS[0],
  sample: 4,
  group: null,
  isPrivate: null,
}

/** A draft as it was stored, whatever became of it since: what cannot be read falls back, the prompt last of all. */
export function parseDraft(text: string | null): Draft | null {
  const stored = parseJson(text)
  if (!isObject(stored) || typeof stored.prompt !== 'string') return null
  const { reference, style } = stored
  return {
    prompt: stored.prompt,
    lineage: parseLineage(stored.lineage),
    source: SOURCES.find((kind) => kind === stored.source) ?? EMPTY_DRAFT.source,
    style: isObject(style) && isId(style.styleId) ? { styleId: style.styleId } : null,
    variation: parseVariation(stored),
    reference:
      isObject(reference) && typeof reference.path === 'string'
        ? { path: reference.path, ...textOf(reference, 'thumb') }
        : null,
    image: parseSourceImage(stored.image),
    ratio: RATIOS.find((ratio) => ratio === stored.ratio) ?? EMPTY_DRAFT.ratio,
    sample: SAMPLES.find((sample) => sample === stored.sample) ?? EMPTY_DRAFT.sample,
    group: parseGroup(stored.group),
    isPrivate: typeof stored.isPrivate === 'boolean' ? stored.isPrivate : null,
  }
}

/** One that was stored without what it came of came of what the draft says. */
function parseVariation({ variation, style, prompt }: Record<string, unknown>): Variation | null {
  const image = parseSourceImage(variation)
  if (!image || !isObject(variation)) return null
  const from = isObject(variation.from) ? variation.from : { ...(isObject(style) && style), prompt }
  if (!isId(from.styleId) || typeof from.prompt !== 'string') return null
  return { ...image, from: { styleId: from.styleId, prompt: from.prompt } }
}

function parseGroup(stored: unknown): Group | null {
  if (!isObject(stored) || typeof stored.groupId !== 'string' || !isId(stored.imageId)) return null
  const { groupId, imageId, prompt } = stored
  return { groupId, imageId, prompt: typeof prompt === 'string' ? prompt : '' }
}

function parseSourceImage(stored: unknown): SourceImage | null {
  if (!isObject(stored) || !isId(stored.imageId)) return null
  return { imageId: stored.imageId, ...textOf(stored, 'thumb'), ...textOf(stored, 'prompt') }
}

function parseLineage(stored: unknown): Lineage {
  if (!isObject(stored)) return {}
  return Object.assign({}, ...LINEAGE.map((name) => textOf(stored, name)))
}

function textOf<N extends string>(stored: Record<string, unknown>, name: N): { [K in N]?: string } {
  const text = stored[name]
  return typeof text === 'string' ? ({ [name]: text } as { [K in N]: string }) : {} // a computed name widens to string
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Whether a number can be an upstream id: whole, from 1 to 2^53. */
export const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0
