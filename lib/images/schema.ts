import { z } from 'zod'
import { pageQuery } from '@/lib/platform/page-query'

const id = z.uuid()

/**
 * One image as the API shows it (docs/api). `imageId` is its number at the account that the team generates with, null
 * where that account does not know it; sizes are pixels.
 */
export const imageResource = z.object({
  id,
  imageId: z.number().int().nullable(),
  generationId: id,
  groupId: z.string(),
  position: z.number().int(),
  state: z.enum(['completed', 'failed', 'pending']),
  error: z.string().optional(),
  blurReason: z.string().optional(),
  width: z.number().int(),
  height: z.number().int(),
  mimeType: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** ThumbHash, base64; null until the thumbnail is made. */
  placeholder: z.string().nullable(),
  urls: z.object({ thumb: z.string(), original: z.string() }),
  favourite: z.boolean(),
  /** Only its maker and admins see it. */
  private: z.boolean(),
  createdAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable(),
  maker: z.object({ id, name: z.string() }),
  prompt: z.string(),
  styleId: z.number().int().nullable(),
  ratio: z.string(),
  /** How many images were asked for together. */
  sample: z.number().int(),
})

export type Image = z.infer<typeof imageResource>
export const imagePageResource = z.object({
  items: z.array(imageResource),
  nextCursor: z.string().nullable(),
})
export type ImagePage = z.infer<typeof imagePageResource>
/** What lies around an image in a list: newer ones nearest first, older ones nearest first. */
export const neighboursResource = z.object({ newer: z.array(imageResource), older: z.array(imageResource) })
export type Neighbours = z.infer<typeof neighboursResource>

/** How many images match, in all and by month (newest first; `month` as 2026-11); `until` narrows neither. */
export const imageCountsResource = z.object({
  total: z.number(),
  months: z.array(z.object({ month: z.string(), count: z.number() })),
})
export type ImageCounts = z.infer<typeof imageCountsResource>

const text = z.string().max(200)

/** What narrows a list down; everything together must hold. */
export const imageFilters = z.object({
  /** Part of the prompt; Latin letters in any case. */
  q: text.optional(),
  ratio: text.optional(),
  styleId: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  makerId: id.optional(),
  favourite: z.literal('true').optional(),
  /** A month of the team's time zone, as 2026-11: what was made up to its end. */
  until: z
    .string()
    .regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/)
    .optional(),
  generationId: id.optional(),
  groupId: text.optional(),
})
export type ImageFilters = z.infer<typeof imageFilters>

export const listImagesQuery = imageFilters.extend({
  /** What was moved to the trash within the last 30 days, latest first, as far as the actor may restore it. */
  trash: z.literal('true').optional(),
  ...pageQuery('images'),
})
export type ListImagesQuery = z.infer<typeof listImagesQuery>

export const updateImageInput = z.strictObject({ favourite: z.boolean() })
export type UpdateImageInput = z.infer<typeof updateImageInput>

const ids = z.array(id).min(1).max(500)
export const imageIdsInput = z.strictObject({ ids })
export const updateImagesInput = z.strictObject({ ids, favourite: z.boolean() })
/** Which of the images a bulk request changed: those that the actor may change and that were not so already. */
export const changedImagesResource = z.object({ ids: z.array(z.string()) })
export type ChangedImages = z.infer<typeof changedImagesResource>
