import { z } from 'zod'
import { upstreamId } from '@/lib/upstream/flamel/contract'

export const enhanceInput = z.strictObject({
  text: z.string().trim().min(1).max(4000),
  styleId: upstreamId.optional(),
})
export type EnhanceInput = z.infer<typeof enhanceInput>

/** What is described: a reference by its upstream path, or an image by upstream's number. */
export const describeInput = z.union([
  z.strictObject({ image: z.string().min(1).max(1000), language: z.enum(['ko', 'en']) }),
  z.strictObject({ imageId: upstreamId, language: z.enum(['ko', 'en']) }),
])
export type DescribeInput = z.infer<typeof describeInput>

/** The published names: what was written, and what came of it. */
export type Enhanced = { initialPrompt: string; enhancedPrompt: string }
/** The published names: the caption, and its translation where upstream gave one. */
export type Described = { captionPrompt: string; captionTPrompt?: string }

/** What this upstream can do for a prompt. */
export type PromptTools = { canEnhance: boolean; canDescribe: boolean }
