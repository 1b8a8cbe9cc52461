import { z } from 'zod'
import { QUEUE_MODES } from '@/lib/generations/queue/modes'
import { generationResource } from '@/lib/generations/schema'
import { OPEN } from '@/lib/platform/open-statuses'

export const queueModeInput = z.object({ mode: z.enum(QUEUE_MODES) })

/** One generation that is sent or waits. `position` counts the whole account's queue, 1 is next; null while it is held. */
export const queueItem = generationResource
  .pick({ id: true, prompt: true, sample: true, maker: true, createdAt: true, sentAt: true })
  .extend({
    status: z.enum(OPEN),
    position: z.number().int().nullable(),
    isMovedUp: z.boolean(),
  })

/** What the team has under way (first) and waiting, in its order; `waiting` counts all of it, `items` is cut. */
export const queueResource = z.object({
  mode: z.enum(QUEUE_MODES),
  slots: z.object({ total: z.number().int(), inUse: z.number().int() }),
  waiting: z.number().int(),
  items: z.array(queueItem),
})

export type QueueItem = z.infer<typeof queueItem>
export type Queue = z.infer<typeof queueResource>
