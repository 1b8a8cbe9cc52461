/** How a team's queue runs: `paused` sends nothing, `draining` takes nothing new. */
export const QUEUE_MODES = ['open', 'paused', 'draining'] as const
export type QueueMode = (typeof QUEUE_MODES)[number]
