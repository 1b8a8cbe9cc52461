import 'server-only'
import { findAnswer, isCommitting, whenCommitted, type Seen } from '@/lib/generations/answers'
import { cancelWhereQueued } from '@/lib/generations/cancel'
import { isOpen } from '@/lib/generations/status'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { isDraining } from '@/lib/platform/draining'
import type { StudioEvent } from '@/lib/platform/event'
import { subscribe } from '@/lib/platform/events'
import { columnsOf, PREPARED } from '@/lib/platform/prepared'
import { livingProcesses } from '@/lib/platform/process'
import { sql } from '@/lib/platform/sql-transaction'
import { WakeUp } from '@/lib/platform/wake-up'
import { Prisma, type Generation } from '@/prisma/generated/client'

const OWN = columnsOf(Prisma.GenerationScalarFieldEnum, 'g')
const LOOK_MS = 1_000
/** How long an answer that is durable in the spool waits for its commit before it is given out anyway. */
const COMMIT_WAIT_MS = 10_000
/** Longer than any call may take: after this without a database, nobody knows. */
const GIVE_UP_MS = 300_000

export type End =
  | { kind: 'ended'; generation: Seen }
  /** The answer is here, its commit is not: the database is away. */
  | { kind: 'spooled'; spool: string }
  /** Nothing was sent and nothing will be: the database is away and the wait is over. */
  | { kind: 'not_taken' }
  | { kind: 'no_word' }
  | { kind: 'client_gone' }

type Wait = {
  generation: Generation
  seen: Generation
  signal: AbortSignal
  goneSince?: number
  /** As this process has just committed it. */
  committed?: Seen
}

/** Waits for the generation's end, however it comes, or until its client is gone; takes it out of the queue when its time is over. */
export async function waitForEnd(generation: Generation, signal: AbortSignal): Promise<End> {
  const wait: Wait = { generation, seen: generation, signal }
  const waiter = waitForChanges(generation.id, signal)
  const unsubscribe = whenCommitted(generation.id, (committed) => {
    wait.committed = committed
    waiter.wake()
  })
  try {
    if (generation.status === 'queued' && !signal.aborted) await waiter.next() // it was read just now
    for (;;) {
      if (wait.committed) return { kind: 'ended', generation: wait.committed }
      const end = await look(wait)
      if (end) return end
      await waiter.next()
    }
  } finally {
    unsubscribe()
    waiter.close()
  }
}

async function look(wait: Wait): Promise<End | null> {
  const askedAt = Date.now() // a network that lost the way may take a minute to say so
  try {
    const seen = await see(wait.generation.id)
    wait.seen = seen
    wait.goneSince = undefined
    return await endOf(seen, wait)
  } catch (error) {
    if (!isDatabaseGone(error)) throw error
    wait.goneSince ??= askedAt
    return endWithoutDatabase(wait, wait.goneSince)
  }
}

/** One statement, also for the images: most looks are the last. */
async function see(id: string): Promise<Seen> {
  const [seen] = await sql.$queryRaw<Seen[]>`${PREPARED}
    SELECT ${OWN}, (
      SELECT coalesce(json_agg(json_build_object(
        'position', i.position, 'state', i.state, 'error', i.error, 'sha256', b.sha256, 'sizeBytes', b."sizeBytes")), '[]')
      FROM "Image" i LEFT JOIN "Blob" b ON b.id = i."blobId" WHERE i."generationId" = g.id
    ) AS images FROM "Generation" g WHERE g.id = ${id}::uuid`
  if (!seen) throw new Error('a generation is never deleted')
  return seen
}

async function endOf(seen: Seen, { signal }: Wait): Promise<End | null> {
  if (!isOpen(seen.status)) return { kind: 'ended', generation: seen }
  if (seen.status === 'pending' && isAsync(seen)) return { kind: 'ended', generation: seen }
  if (signal.aborted) return { kind: 'client_gone' }
  if (seen.status !== 'queued' || !seen.queueDeadline) return null
  const isOverdue = seen.queueDeadline <= new Date()
  if (!isOverdue && !isDraining()) return null
  const { hasDispatcher } = await livingProcesses()
  if (!hasDispatcher) await cancelWhereQueued(seen.id, 'no_worker')
  else if (isOverdue) await cancelWhereQueued(seen.id, 'queue_timeout')
  return null
}

/** What can be said while the database is away. A queued row past its deadline will never be claimed. */
function endWithoutDatabase({ seen, generation, signal }: Wait, goneSince: number): End | null {
  if (signal.aborted) return { kind: 'client_gone' }
  const spool = findAnswer(generation.id)
  if (spool && Date.now() - goneSince > COMMIT_WAIT_MS) return { kind: 'spooled', spool }
  const isOverdue = seen.queueDeadline !== null && seen.queueDeadline < new Date()
  if (seen.status === 'queued' && isOverdue && !spool) return { kind: 'not_taken' }
  return Date.now() - goneSince > GIVE_UP_MS ? { kind: 'no_word' } : null
}

function isAsync({ request }: Generation): boolean {
  return typeof request === 'object' && request !== null && 'async' in request && request.async === true
}

const isEnd = ({ status }: StudioEvent) => status !== 'queued' && status !== 'sending'

/** `next` returns when the generation was taken or ended, its client left, or a second has passed; also when that was since the last. */
function waitForChanges(id: string, signal: AbortSignal) {
  const wakeUp = new WakeUp()
  const change = () => wakeUp.signal()
  const unsubscribe = subscribe(
    (event) =>
      (event.kind === 'resync' || (event.kind === 'generation' && event.id === id && isEnd(event))) &&
      !isCommitting(id) &&
      change(),
  )
  signal.addEventListener('abort', change)
  return {
    next: () => wakeUp.wait(LOOK_MS),
    wake: change,
    close() {
      unsubscribe()
      signal.removeEventListener('abort', change)
    },
  }
}
