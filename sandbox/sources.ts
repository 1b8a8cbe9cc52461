import { createHash } from 'node:crypto'
import type { CreateImageRequest } from '@/lib/upstream/schema'
import type { Answer } from '@/sandbox/context'
import type { Recipe } from '@/sandbox/recipe'
import { refusalAnswer } from '@/sandbox/refusals'
import type { Store } from '@/sandbox/store'
import { findSandboxStyle } from '@/sandbox/styles'

/** The reference of the published examples: known without having been uploaded. */
export const PUBLISHED_REFERENCE = '1/reference-1423131.png'
/** Collection images of the published examples, with the style and seed they are painted from. */
export const COLLECTION: ReadonlyMap<
  number,
  { styleId: number; seed: number; sample: number; prompt: string }
> = new Map([
  [123, { styleId: 103, seed: 123, sample: 0, prompt: 'mountains at sunset, layered hills' }],
  [234, { styleId: 101, seed: 234, sample: 0, prompt: '안개 낀 소나무 숲, 고요한 아침' }],
])

export type PaintSource = Pick<Recipe, 'styleId' | 'super' | 'main' | 'source' | 'variationId'>

/** What to paint from, or the 404 of a style, image or reference that this server does not know. */
export function findSource(request: CreateImageRequest, store: Store): PaintSource | Answer {
  const source = sourceOf(request)
  if (source.kind === 'reference') return fromReference(source.image, store)
  if (source.kind === 'image') return fromImage(source.imageId, store)
  const style = findSandboxStyle(source.styleId)
  if (!style) return notFound('no_style_with_that_id', source.styleId)
  const painted = { styleId: style.styleId, super: style.superCategory, main: style.mainCategory }
  if (source.imageId === undefined) return { ...painted, variationId: 0 }
  const original = fromImage(source.imageId, store)
  return 'status' in original ? original : { ...original, ...painted }
}

type Source =
  | { kind: 'style'; styleId: number; imageId?: number }
  | { kind: 'reference'; image: string }
  | { kind: 'image'; imageId: number }

/** What a valid request starts from: exactly one source. */
export function sourceOf(request: Pick<CreateImageRequest, 'image' | 'styleId' | 'imageId'>): Source {
  const { image, styleId, imageId } = request
  if (image !== undefined) return { kind: 'reference', image }
  if (styleId !== undefined) return { kind: 'style', styleId, ...(imageId !== undefined && { imageId }) }
  if (imageId !== undefined) return { kind: 'image', imageId }
  throw new Error('a request without a source was not parsed')
}

export function referenceBytes(image: string, store: Store): Buffer | undefined {
  if (image === PUBLISHED_REFERENCE) return Buffer.from(PUBLISHED_REFERENCE)
  return image.startsWith('1/') ? store.findReference(image.slice(2)) : undefined
}

function fromReference(image: string, store: Store): PaintSource | Answer {
  const bytes = referenceBytes(image, store)
  if (!bytes) return notFound('no_input_image', image)
  const seed = createHash('sha256').update(bytes).digest().readUInt32BE(0)
  const styles = [102, 110, 112, 105]
  return {
    styleId: styles[seed % styles.length] ?? 112,
    super: 'reference',
    main: 'reference',
    source: { seed },
    variationId: 0,
  }
}

function fromImage(imageId: number, store: Store): PaintSource | Answer {
  const original = COLLECTION.get(imageId) ?? store.findRecipe(imageId)
  if (!original) return notFound('no_input_image', imageId)
  const style = findSandboxStyle(original.styleId)
  return {
    styleId: original.styleId,
    super: style?.superCategory ?? 'collection',
    main: style?.mainCategory ?? 'collection',
    source: { prompt: original.prompt, seed: original.seed, sample: original.sample },
    variationId: imageId,
  }
}

function notFound(code: 'no_style_with_that_id' | 'no_input_image', id: number | string): Answer {
  return refusalAnswer(code, String(id)) ?? { status: 404, body: null }
}
