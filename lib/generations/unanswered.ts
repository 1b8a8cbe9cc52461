import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from '@/lib/access/actor'
import { db, type Tx } from '@/lib/platform/db'
import type { Generation } from '@/prisma/generated/client'

const WINDOW_MS = 10 * 60_000
/** How long another process may need to write down that its client took an answer. */
const NOTING_MS = 2_000
const NOTING_EVERY_MS = 50

type Asked = { actor: Actor; requestHash: string; queueDeadline: Date }

/**
 * The generation that an identical body of the same principal asked for and whose answer nobody is known to have taken:
 * whoever sends that body again joins it instead of paying again, until ten minutes after the break. Its transaction
 * holds a lock until it ends, so that of two such bodies at once the second finds what the first inserts.
 */
export async function joinUnanswered(tx: Tx, asked: Asked): Promise<Generation | null> {
  const { actor, requestHash, queueDeadline } = asked
  const name = `drop-in ${actor.teamId} ${actor.principal} ${requestHash}`
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
  const found = await tx.generation.findFirst({
    where: {
      ...{ teamId: actor.teamId, principal: actor.principal, requestHash },
      isDropIn: true,
      idempotencyKey: null,
      answeredAt: null,
      AND: [isRecent(new Date(Date.now() - WINDOW_MS)), canHaveBeenCharged],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  if (found?.status !== 'queued') return found
  await tx.generation.updateMany({ where: { id: found.id, status: 'queued' }, data: { queueDeadline } })
  return found
}

/** After a process died no break is known: then the end counts, or the beginning of what has not ended. */
const isRecent = (since: Date) => ({
  OR: [
    { abandonedAt: { gt: since } },
    { abandonedAt: null, finishedAt: { gt: since } },
    { abandonedAt: null, finishedAt: null, createdAt: { gt: since } },
  ],
})

const canHaveBeenCharged = {
  OR: [
    { status: { in: ['queued' as const, 'sending' as const, 'pending' as const] } },
    { status: { in: ['succeeded' as const, 'unknown' as const] } },
    { status: 'failed' as const, charged: { not: 'no' as const } },
  ],
}

/** A client took the last byte of the answer, or its connection broke before that. */
export async function noteDelivery(id: string, isTaken: boolean): Promise<void> {
  const now = new Date()
  await db().generation.updateMany({
    where: { id, answeredAt: null },
    data: isTaken ? { answeredAt: now } : { abandonedAt: now },
  })
}

/**
 * Whether a client took the answer of what was joined after all: the process that gave it may be writing that down at
 * this moment, and a client that has its answer asks for a new one. Waits only while neither is known.
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

export const UNSENT_ERRORS = ['upstream_unreachable', 'no_space', 'key_removed', 'key_unreadable']

/** Nothing was sent for it and nothing will be: its client may ask again. */
export function isUnsent({ status, errorCode, charged }: Generation): boolean {
  if (status === 'canceled') return true // nothing is canceled that was sent
  return status === 'failed' && charged === 'no' && UNSENT_ERRORS.includes(errorCode ?? '')
}
