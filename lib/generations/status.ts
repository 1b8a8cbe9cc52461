import { OPEN } from '@/lib/platform/open-statuses'

export const STATUSES = [
  'queued',
  'sending',
  'pending',
  'succeeded',
  'failed',
  'unknown',
  'canceled',
] as const
export type Status = (typeof STATUSES)[number]

/** Nothing came of it, and it may be asked for again. */
export const CAME_TO_NOTHING = ['failed', 'canceled'] as const satisfies Status[]

/** The edges of the state machine by name: from which states each leads where. There are no others. */
export const EDGES = {
  /** A dispatcher takes it out of the queue and calls. */
  claim: { from: ['queued'], to: 'sending' },
  /** Upstream is proven not to have taken it. */
  requeue: { from: ['sending'], to: 'queued' },
  /** Upstream took it and will deliver later. */
  accept: { from: ['sending'], to: 'pending' },
  /** An answer with images, whenever it turns up. */
  succeed: { from: ['sending', 'pending', 'unknown'], to: 'succeeded' },
  /** Upstream said no, or it could not be called for too long. */
  fail: { from: ['queued', 'sending', 'pending', 'unknown'], to: 'failed' },
  /** Nobody knows whether upstream took it. */
  lose: { from: ['sending', 'pending'], to: 'unknown' },
  /** Free of charge, before anything was sent. */
  cancel: { from: ['queued'], to: 'canceled' },
  /** A person settles an unknown end that has images. */
  confirm: { from: ['unknown'], to: 'succeeded' },
  /** A person settles an unknown end without images. */
  dismiss: { from: ['unknown'], to: 'failed' },
  /** Images turn up after a person had settled the end without them. */
  revive: { from: ['failed'], to: 'succeeded' },
} as const satisfies Record<string, { from: readonly Status[]; to: Status }>

export type Edge = keyof typeof EDGES

/** Whether the program will still do something by itself. */
export function isOpen(status: Status): status is (typeof OPEN)[number] {
  return OPEN.some((open) => open === status)
}
