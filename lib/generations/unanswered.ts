import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { db, type Tx } from '@/lib/db'
import type { Generation } from '@/prisma/generated/client'

const WINDOW_MS = 10 * 60_000

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
      AND: [isRecent(new Date(Date.now() - WINDOW_MS)), mayHaveBeenCharged],
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

const mayHaveBeenCharged = {
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

const UNSENT_ERRORS = ['upstream_unreachable', 'no_space']

/** Nothing was sent for it and nothing will be: its client may ask again. */
export function isUnsent({ status, errorCode, charged }: Generation): boolean {
  if (status === 'canceled') return true // nothing is canceled that was sent
  return status === 'failed' && charged === 'no' && UNSENT_ERRORS.includes(errorCode ?? '')
}
