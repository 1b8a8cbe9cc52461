import { z } from 'zod'
import { pageQuery } from '@/lib/platform/page-query'
import { PRODUCTS_MAX, STYLES_MAX } from '@/lib/campaign-sets/plan'
import { setProgress, generationResource } from '@/lib/generations/schema'
import { PROMPT_MAX, SAMPLES } from '@/lib/upstream/limits'
import { OFFERED_RATIOS } from '@/lib/upstream/ratios'
import { upstreamId } from '@/lib/upstream/schema'

const isDistinct = (list: readonly unknown[]) => new Set(list).size === list.length
const distinct = { message: 'names one twice' }

const product = z.strictObject({
  name: z.string().trim().min(1).max(80),
  values: z.record(z.string().max(60), z.string().max(PROMPT_MAX)),
})

/** What is asked for: every product in every style and ratio. Exactly one kind of source: styles, an image or a reference. */
export const campaignSetInput = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    prompt: z.string().trim().min(1).max(4800),
    sample: z.literal(SAMPLES).default(4),
    ratios: z.array(z.enum(OFFERED_RATIOS)).min(1).refine(isDistinct, distinct),
    styles: z.array(upstreamId).max(STYLES_MAX).refine(isDistinct, distinct).default([]),
    image: z.string().min(1).max(1000).optional(),
    imageId: upstreamId.optional(),
    products: z.array(product).max(PRODUCTS_MAX).default([]),
  })
  .refine(
    ({ styles, image, imageId }) =>
      [styles[0], image, imageId].filter((one) => one !== undefined).length === 1,
    {
      message: 'needs styles, image or imageId',
      path: ['styles'],
    },
  )
export type CampaignSetInput = z.input<typeof campaignSetInput>
export type CampaignSetPlan = z.output<typeof campaignSetInput>

export const campaignSetListQuery = z.object(pageQuery('sets'))
export type CampaignSetListQuery = z.infer<typeof campaignSetListQuery>

export const campaignSetResource = z.object({
  id: z.string(),
  name: z.string(),
  /** As it was written, with its variables. */
  prompt: z.string(),
  groupId: z.string(),
  /** The names of the rows; none where the prompt has no variables. */
  products: z.array(z.string()),
  paused: z.boolean(),
  /** Only its maker and admins see it. */
  private: z.boolean(),
  createdAt: z.iso.datetime(),
  maker: z.object({ id: z.string(), name: z.string() }),
  progress: setProgress,
})
export type CampaignSet = z.infer<typeof campaignSetResource>

/** With what became of each cell, row by row. */
export const campaignSetDetailsResource = campaignSetResource.extend({ cells: z.array(generationResource) })
export type CampaignSetDetails = z.infer<typeof campaignSetDetailsResource>
export const campaignSetPageResource = z.object({
  items: z.array(campaignSetResource),
  nextCursor: z.string().nullable(),
})
export type CampaignSetPage = z.infer<typeof campaignSetPageResource>
