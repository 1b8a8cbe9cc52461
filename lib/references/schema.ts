import { z } from 'zod'
import { pageQuery } from '@/lib/platform/page-query'

/** An upstream path as Flamel writes them, such as `1/reference-1423131.png`: one line, forwarded as it is. */
export const referencePath = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .refine((path) => !/\p{Cc}|\p{Cs}/u.test(path), { message: 'has a control character' })

export const registerReferenceInput = z.strictObject({ path: referencePath })
export type RegisterReferenceInput = z.infer<typeof registerReferenceInput>

export const listReferencesQuery = z.object({
  ...pageQuery('references'),
  /** What was deleted within 30 days and may be restored. */
  trash: z.literal('true').optional(),
})
export type ListReferencesQuery = z.infer<typeof listReferencesQuery>

export const referenceBytesQuery = z.object({ size: z.enum(['thumb', 'original']).default('original') })

/** An image that a generation may start from: `path` is what goes upstream as `image`. */
export const referenceResource = z.object({
  id: z.string(),
  path: z.string(),
  /** Pixels; null for a path that was only typed. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  urls: z.object({ thumb: z.string(), original: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  /** In the trash since; null for one that is in use. */
  deletedAt: z.iso.datetime().nullable(),
  makerId: z.string(),
})
export type Reference = z.infer<typeof referenceResource>

/** `canUpload` is false where upstream is known to take no files: a path has to be typed there. */
export const referenceListResource = z.object({
  items: z.array(referenceResource),
  nextCursor: z.string().nullable(),
  canUpload: z.boolean(),
})
export type ReferenceList = z.infer<typeof referenceListResource>

/** Why a file was not taken; `errors[0].code` of the answer. */
export type UploadProblem =
  | 'no_file'
  | 'too_many_parts'
  | 'too_large'
  | 'not_an_image'
  | 'heic'
  | 'too_many_pixels'
  | 'too_small'
  | 'too_narrow'
  | 'damaged'
  | 'too_slow'
