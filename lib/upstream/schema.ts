import { z } from 'zod'
import { findBadText } from '@/lib/platform/bad-text'
import { SAMPLES, PROMPT_MAX, codePoints } from '@/lib/upstream/limits'
import { RATIOS } from '@/lib/upstream/ratios'

/** Upstream ids are JSON numbers; beyond 2^53 two ids would read as one. */
export const upstreamId = z.int().min(1)

/** Lengths are code points everywhere, as JSON Schema counts them. */
const text = (max: number) =>
  z.string().refine((value) => value.length <= max || codePoints(value) <= max, {
    message: `has more than ${max} code points`,
  })
const lineagePrompt = text(8000).optional()

const members = {
  prompt: text(PROMPT_MAX).min(1),
  ratio: z.enum(RATIOS),
  sample: z.literal(SAMPLES).default(4),
  async: z.boolean().default(false),
  groupId: text(200).optional(),
  randomPrompt: lineagePrompt,
  initialPrompt: lineagePrompt,
  enhancedPrompt: lineagePrompt,
  captionPrompt: lineagePrompt,
  captionTPrompt: lineagePrompt,
  image: text(1000).min(1).optional(),
  styleId: upstreamId.optional(),
  imageId: upstreamId.optional(),
}

/**
 * The body of POST /api/images/create: any of the three published DTOs in one shape. `styleId` with `imageId` is legal
 * (the style DTO has both); `image` stands alone. Members that the contract does not name are kept, as the published
 * schema allows them; NUL and lone surrogates are refused everywhere, as no store keeps them.
 */
export const createImageRequest = z.looseObject(members).superRefine((body, context) => {
  const sources = [body.image, body.styleId ?? body.imageId].filter((source) => source !== undefined)
  if (sources.length === 0)
    context.addIssue({ code: 'custom', message: 'needs image, styleId or imageId', path: ['styleId'] })
  if (sources.length > 1)
    context.addIssue({ code: 'custom', message: 'cannot stand beside styleId or imageId', path: ['image'] })
  const bad = findBadText(body)
  if (bad) context.addIssue({ code: 'custom', message: bad.message, path: bad.path })
})
export type CreateImageRequest = z.output<typeof createImageRequest>
export type CreateImageBody = z.input<typeof createImageRequest>

export type Balances = { defaultCredit: number; dailyCredit: number; monthlyCredit: number }
