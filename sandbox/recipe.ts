import { z } from 'zod'

/** Everything an image is painted from, and how it stands. The painter is deterministic, so this is the image. */
export const recipe = z.object({
  imageId: z.number(),
  createdAt: z.string(),
  /** As it came, directives included. */
  prompt: z.string(),
  styleId: z.number(),
  seed: z.number(),
  sample: z.number(),
  width: z.number(),
  height: z.number(),
  /** What the image that this one varies was painted from; of a reference only a number is known. */
  source: z
    .object({ seed: z.number(), sample: z.number().optional(), prompt: z.string().optional() })
    .optional(),
  variationId: z.number(),
  groupId: z.string(),
  super: z.string(),
  main: z.string(),
  status: z.enum(['COMPLETED', 'FAILED']),
  /** PENDING until then (epoch milliseconds). */
  readyAt: z.number(),
  isBlurred: z.boolean(),
  /** Not painted but filled with a colour, at no cost; padded to `bytes` when given. For tests and measurements. */
  plain: z.object({ bytes: z.number().optional() }).optional(),
})
export type Recipe = z.infer<typeof recipe>

/** The image as the contract describes it; `bytes` is null while it is PENDING, and when it FAILED. */
export function toCreatedImage(known: Recipe, bytes: Buffer | null, now: number) {
  const isPending = known.readyAt > now
  const isFailed = !isPending && known.status === 'FAILED'
  return {
    imageId: known.imageId,
    createdAt: known.createdAt,
    generationStatus: isPending ? 'PENDING' : known.status,
    generationError: isFailed ? 'The painter could not finish this image.' : null,
    resolution: `${known.width}x${known.height}`,
    ownerId: 1,
    etc: '',
    bookmarked: false,
    base64: bytes?.toString('base64') ?? '',
    mimeType: 'image/webp',
    Bought: [],
    Bookmarks: [],
    Upscaled: [],
    GenerationInfo: {
      originalPrompt: known.prompt,
      super: known.super,
      main: known.main,
      variationId: known.variationId,
      groupId: known.groupId,
      blurReason: known.isBlurred ? 'nsfw' : '',
    },
  }
}
