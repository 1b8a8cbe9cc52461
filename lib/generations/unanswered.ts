import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from '@/lib/access/actor'
import { db } from '@/lib/platform/db'
import { OPEN } from '@/lib/platform/open-statuses'
import { literals, PREPARED } from '@/lib/platform/prepared'
import { shared } from '@/lib/platform/shared'
import { sql, type SqlTx } from '@/lib/platform/sql-transaction'
import { isUnsentCode } from '@/lib/upstream/error-codes'
import { Prisma, type Generation } from '@/prisma/generated/client'

const WINDOW_MS = 10 * 60_000
/** How long a process may need to write down whether its client took an answer. */
const NOTING_MS = 2_000
const NOTING_EVERY_MS = 50

/** Who asked for which body. */
export type Asked = { actor: Actor; requestHash: string }

/**
 * Holds a lock until the transaction ends, so that of two identical bodies at once the second finds what the first
 * inserts. A statement of its own: what comes after it sees what the lock waited for.
 */
export async function lockBody(tx: SqlTx, { actor, requestHash }: Asked): Promise<void> {
  const name = `drop-in ${actor.teamId} ${actor.principal} ${requestHash}`
  await tx.$executeRaw`${PREPARED} SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
}

/**
 * SQL for the generation that an identical body of the same principal asked for and whose answer nobody is known to have
 * taken: whoever sends that body again joins it instead of paying again, until ten minutes after the break. After a
 * process died no break is known: then the end counts, or the beginning of what has not ended. What surely cost nothing
 * is not joined.
 */
export const unanswered = ({ actor, requestHash }: Asked) => Prisma.sql`
  SELECT * FROM "Generation"
  WHERE "teamId" = ${actor.teamId}::uuid AND principal = ${actor.principal} AND "requestHash" = ${requestHash}
    AND "isDropIn" AND "idempotencyKey" IS NULL AND "answeredAt" IS NULL
    AND coalesce("abandonedAt", "finishedAt", "createdAt") > ${new Date(Date.now() - WINDOW_MS)}::timestamptz
    AND (status IN ${literals([...OPEN, 'succeeded', 'unknown'])} OR (status = 'failed' AND charged <> 'no'))
  ORDER BY "createdAt", id LIMIT 1`

/** Whoever joins what still waits lets it wait as long as they would. */
export async function waitOn(tx: SqlTx, { id, status }: Generation, queueDeadline?: Date): Promise<void> {
  if (status !== 'queued') return
  await tx.$executeRaw`
    UPDATE "Generation" SET "queueDeadline" = ${queueDeadline ?? null} WHERE id = ${id}::uuid AND status = 'queued'`
}

/** A client took the last byte of the answer, or its connection broke before that. */
export async function noteDelivery(id: string, isTaken: boolean | Promise<boolean>): Promise<void> {
  const column = (await isTaken) ? Prisma.sql`"answeredAt"` : Prisma.sql`"abandonedAt"`
  const writing = sql.$executeRaw`${PREPARED}
    UPDATE "Generation" SET ${column} = ${new Date()} WHERE id = ${id}::uuid AND "answeredAt" IS NULL`
  const written = Promise.allSettled([notes().get(id), writing])
  notes().set(id, written)
  void written.then(() => notes().get(id) === written && notes().delete(id))
  await writing
}

/** What this process is writing down of deliveries, by generation id. */
const notes = () => shared('generations.delivery_notes', () => new Map<string, Promise<unknown>>())

/**
 * An answer that a client left goes to the next: from here on it is on its way again, and whoever asks meanwhile waits for
 * what becomes of it. False where another client took it first. By its key it is given however often, and counts nothing.
 * Who joined does so also where no break is noted yet: its note may have waited for the commit that has just been heard of.
 */
export async function redeliver(
  { id, idempotencyKey, abandonedAt, answeredAt }: Generation,
  isJoined: boolean,
): Promise<boolean> {
  if (answeredAt || idempotencyKey !== null || !(abandonedAt || isJoined)) return true
  await notes().get(id)
  const { count } = await db().generation.updateMany({
    where: { id, answeredAt: null, ...(abandonedAt && { abandonedAt }) },
    data: { abandonedAt: null },
  })
  return count === 1 || !abandonedAt
}

/**
 * Whether a client took the answer of what was joined after all: this process or another may be giving it out, or
 * writing down what became of it, at this moment, and a client that has its answer asks for a new one. Waits only while
 * neither is known.
 */
export async function isTakenMeanwhile({ id, ...joined }: Generation): Promise<boolean> {
  if (!joined.finishedAt || joined.idempotencyKey !== null || joined.abandonedAt) return false
  const deadline = Date.now() + NOTING_MS
  while (Date.now() < deadline) {
    const select = { answeredAt: true, abandonedAt: true } as const
    const { answeredAt, abandonedAt } = await db().generation.findUniqueOrThrow({ where: { id }, select })
    if (answeredAt || abandonedAt) return answeredAt !== null
    await delay(NOTING_EVERY_MS)
  }
  return false
}

/** Nothing was sent for it and nothing will be: its client may ask again. */
export function isUnsent({ status, errorCode, charged }: Generation): boolean {
  if (status === 'canceled') return true // nothing is canceled that was sent
  return status === 'failed' && charged === 'no' && isUnsentCode(errorCode ?? '')
}
