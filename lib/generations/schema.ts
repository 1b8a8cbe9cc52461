import { z } from 'zod'
import { flag, pageQuery } from '@/lib/platform/page-query'
import { balancesResource, spentResource } from '@/lib/credits/schema'
import { STATUSES } from '@/lib/generations/status'
import { imageResource } from '@/lib/images/schema'
import { createImageRequest } from '@/lib/upstream/schema'

/** What `POST /api/v1/generations` takes: Flamel's published request. */
export const generationInput = createImageRequest
export type GenerationInput = z.infer<typeof generationInput>

const id = z.uuid()
const time = z.iso.datetime()
const lineage = z.string().optional()

export const sourceResource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('style'), styleId: z.number().int(), imageId: z.number().int().optional() }),
  z.object({ kind: z.literal('reference'), image: z.string() }),
  z.object({ kind: z.literal('image'), imageId: z.number().int() }),
])

/** How far a set is, in cells: each counts as its latest generation. */
export const setProgress = z.object({
  total: z.number().int(),
  open: z.number().int(),
  /** Of the open ones those that wait. */
  queued: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  canceled: z.number().int(),
  unknown: z.number().int(),
  /** Its first images, by id. */
  covers: z.array(z.object({ id, ratio: z.string() })),
})
export type SetProgress = z.infer<typeof setProgress>

/** `code` is an upstream refusal or one of ours; `charged` is what is known, never a guess. */
export const generationError = z.object({
  code: z.string(),
  parameter: z.string().optional(),
  charged: z.enum(['no', 'yes', 'unknown']),
})

export const generationResource = z.object({
  id,
  status: z.enum(STATUSES),
  statusReason: z.string().optional(),
  groupId: z.string(),
  upstreamGroupId: z.string().optional(),
  prompt: z.string(),
  initialPrompt: lineage,
  enhancedPrompt: lineage,
  captionPrompt: lineage,
  captionTPrompt: lineage,
  randomPrompt: lineage,
  ratio: z.string(),
  sample: z.number().int(),
  source: sourceResource,
  platform: z.string().optional(),
  /** The key that it was asked with; a page knows its own request by it. */
  idempotencyKey: z.string().optional(),
  createdAt: time,
  sentAt: time.optional(),
  finishedAt: time.optional(),
  /** 1 is next; only while queued. */
  queuePosition: z.number().int().optional(),
  /** Upstream asked for a pause until then (`statusReason` says why); only while queued. */
  waitsUntil: time.optional(),
  /** Until then admins can fetch upstream’s own answer, which could not be read whole: `GET …/:id/answer`. */
  answerKeptUntil: time.optional(),
  maker: z.object({ id, name: z.string() }),
  /** The API key that asked for it, if a machine did; also of one that is revoked. */
  madeWith: z.object({ name: z.string(), prefix: z.string() }).optional(),
  error: generationError.optional(),
  images: z.array(imageResource),
  credits: balancesResource.optional(),
  /** What the balances fell by, where no other call overlapped. */
  spent: spentResource.optional(),
  /** Who settled an unknown end, if a person did. */
  resolution: z.enum(['charged', 'not_charged']).optional(),
  /** Only its maker and admins see it. */
  private: z.boolean(),
  /** Put away in the feed: nothing came of it. */
  dismissed: z.boolean(),
  /** The set that it is a cell of; `progress` where it stands for the whole set in a list. */
  set: z.object({ id, name: z.string(), paused: z.boolean(), progress: setProgress.optional() }).optional(),
})

export const generationListQuery = z.object({
  ...pageQuery('generations'),
  mine: flag.optional(),
  groupId: z.string().max(200).optional(),
  status: z.enum(STATUSES).optional(),
  /** `false` leaves out what was put away in the feed. */
  dismissed: flag.optional(),
  /** `folded` lists one generation for each set; with `ids`, the one of the sets that these are cells of. */
  sets: z.literal('folded').optional(),
  /** Only these, by id with commas between them; those that the team does not have are left out. */
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(id).max(100))
    .optional(),
})

export const resolutionInput = z.strictObject({ resolution: z.enum(['charged', 'not_charged']) })

export type Source = z.infer<typeof sourceResource>
export type GenerationError = z.infer<typeof generationError>
export type Generation = z.infer<typeof generationResource>
export type GenerationListQuery = z.infer<typeof generationListQuery>
export const generationPageResource = z.object({
  items: z.array(generationResource),
  nextCursor: z.string().nullable(),
})
export type GenerationPage = z.infer<typeof generationPageResource>
export type Resolution = z.infer<typeof resolutionInput>['resolution']
