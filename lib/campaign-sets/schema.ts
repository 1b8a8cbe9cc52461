import { z } from 'zod'
import { PRODUCTS_MAX, STYLES_MAX } from '@/lib/campaign-sets/plan'
import type { Generation, SetProgress } from '@/lib/generations/schema'
import { upstreamId } from '@/lib/upstream/flamel/contract'
import { OFFERED_RATIOS, SAMPLES } from '@/lib/upstream/flamel/ratios'

const isDistinct = (list: readonly unknown[]) => new Set(list).size === list.length
const distinct = { message: 'names one twice' }

const product = z.strictObject({
  name: z.string().trim().min(1).max(80),
  values: z.record(z.string().max(60), z.string().max(1200)),
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

export const campaignSetListQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type CampaignSetListQuery = z.infer<typeof campaignSetListQuery>

export type CampaignSet = {
  id: string
  name: string
  /** As it was written, with its variables. */
  prompt: string
  groupId: string
  /** The names of the rows; none where the prompt has no variables. */
  products: string[]
  paused: boolean
  /** Only its maker and admins see it. */
  private: boolean
  createdAt: string
  maker: { id: string; name: string }
  progress: SetProgress
}

/** With what became of each cell, row by row. */
export type CampaignSetDetails = CampaignSet & { cells: Generation[] }
export type CampaignSetPage = { items: CampaignSet[]; nextCursor: string | null }
