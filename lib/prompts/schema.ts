import { z } from 'zod'
import { pageQuery } from '@/lib/platform/page-query'
import { NAME_MAX } from '@/lib/prompts/limits'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/limits'
import { upstreamId } from '@/lib/upstream/schema'

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
export const enhancedResource = z.object({ initialPrompt: z.string(), enhancedPrompt: z.string() })
export type Enhanced = z.infer<typeof enhancedResource>
/** The published names: the caption, and its translation where upstream gave one. */
export const describedResource = z.object({
  captionPrompt: z.string(),
  captionTPrompt: z.string().optional(),
})
export type Described = z.infer<typeof describedResource>

/** What this upstream can do for a prompt. */
export type PromptTools = { canEnhance: boolean; canDescribe: boolean }

export const promptHistoryQuery = z.object({
  /** Words of the prompt, as in the gallery. */
  q: z.string().max(200).optional(),
  ...pageQuery('prompts'),
})
export type PromptHistoryQuery = z.infer<typeof promptHistoryQuery>

/** A prompt that the person sent: when last, and the address of a small image that came of it. */
export const usedPromptResource = z.object({
  id: z.string(),
  prompt: z.string(),
  usedAt: z.iso.datetime(),
  thumb: z.string().nullable(),
})
export const promptHistoryPageResource = z.object({
  items: z.array(usedPromptResource),
  nextCursor: z.string().nullable(),
})
export type PromptHistoryPage = z.infer<typeof promptHistoryPageResource>

const name = z
  .string()
  .trim()
  .min(1)
  .max(NAME_MAX)
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
export const promptTemplateResource = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  /** How often it was put into a form. */
  uses: z.number(),
  maker: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type PromptTemplate = z.infer<typeof promptTemplateResource>
export const promptTemplateListResource = z.object({
  items: z.array(promptTemplateResource),
  nextCursor: z.null(),
})
export type PromptTemplateList = z.infer<typeof promptTemplateListResource>
