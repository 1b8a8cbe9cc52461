import { z } from 'zod'
import { upstreamId } from '@/lib/upstream/flamel/contract'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/flamel/ratios'

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

export const promptHistoryQuery = z.object({
  /** Words of the prompt, as in the gallery. */
  q: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type PromptHistoryQuery = z.infer<typeof promptHistoryQuery>

/** A prompt that the person sent: when last, and the address of a small image that came of it. */
export type UsedPrompt = { id: string; prompt: string; usedAt: string; thumb: string | null }
export type PromptHistoryPage = { items: UsedPrompt[]; nextCursor: string | null }

const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((text) => !/\p{Cc}/u.test(text), { message: 'has a control character' })
const text = z
  .string()
  .trim()
  .min(1)
  .refine((one) => codePoints(one) <= PROMPT_MAX, { message: `is longer than ${PROMPT_MAX}` })

export const promptTemplateInput = z.strictObject({ name, text })
export type PromptTemplateInput = z.infer<typeof promptTemplateInput>
export const promptTemplateChange = promptTemplateInput.partial()
export type PromptTemplateChange = z.infer<typeof promptTemplateChange>

/** A prompt that the team keeps; `{product}` in its text is filled in when it is used. */
export type PromptTemplate = {
  id: string
  name: string
  text: string
  /** How often it was put into a form. */
  uses: number
  maker: { id: string; name: string }
  createdAt: string
  updatedAt: string
}
export type PromptTemplateList = { items: PromptTemplate[]; nextCursor: null }
