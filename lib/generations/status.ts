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

/**
 * Which state may follow which. `sending → queued` only for what proves that upstream did not take it;
 * `unknown → succeeded` when a spooled answer turns up or by a person, `unknown → failed` by a person only.
 */
const following: Record<Status, readonly Status[]> = {
  queued: ['sending', 'canceled', 'failed'],
  sending: ['queued', 'pending', 'succeeded', 'failed', 'unknown', 'canceled'],
  pending: ['succeeded', 'failed', 'unknown'],
  unknown: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
  canceled: [],
}

export function mayFollow(from: Status, to: Status): boolean {
  return following[from].includes(to)
}

/** States from which `to` may be reached: the guard of an update. */
export function statesBefore(to: Status): Status[] {
  return STATUSES.filter((from) => mayFollow(from, to))
}

/** Whether the program will still do something by itself. */
export function isOpen(status: Status): boolean {
  return status === 'queued' || status === 'sending' || status === 'pending'
}
