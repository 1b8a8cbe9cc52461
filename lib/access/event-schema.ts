import { z } from 'zod'

export const eventQuery = z.object({
  team: z.string().min(1).max(80).optional(),
  /** A place in the run of events (`at`): asks for what came after it instead of for the stream. */
  since: z.string().min(1).max(40).optional(),
})
export type EventQuery = z.infer<typeof eventQuery>

/** What changed; `resync` means that anything may have. */
export type Change = { kind: string; id?: string }

/** What was missed since a place in the run of events, and the place up to which that holds. */
export type MissedChanges = { at: string; changes: Change[] }
