import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { hashRequest, type NewGeneration } from '@/lib/generations/create'
import { livingProcesses, processId } from '@/lib/process'
import type { Generation } from '@/prisma/generated/client'

const WINDOW_MS = 10 * 60_000

/**
 * The generation that an identical body of the same principal asked for within ten minutes and whose client went away
 * without the answer: a retry of a client that timed out joins it and is not charged again. Null: there is none, or an
 * `Idempotency-Key` says which one is meant.
 */
export async function joinAbandoned(actor: Actor, wanted: NewGeneration): Promise<Generation | null> {
  if (wanted.idempotencyKey) return null
  const candidates = await findUnanswered(actor, hashRequest(wanted))
  if (candidates.length === 0) return null
  const { ids } = await livingProcesses()
  const abandoned = candidates.filter(({ waiter }) => waiter === null || !ids.has(waiter))
  for (const candidate of abandoned) {
    const { count } = await db().generation.updateMany({
      where: { id: candidate.id, waiter: candidate.waiter, answeredAt: null },
      data: {
        waiter: processId(),
        ...(candidate.status === 'queued' && { queueDeadline: wanted.dropIn?.queueDeadline }),
      },
    })
    if (count === 1) return candidate
  }
  return null
}

function findUnanswered({ teamId, principal }: Actor, requestHash: string): Promise<Generation[]> {
  return db().generation.findMany({
    where: {
      ...{ teamId, principal, requestHash },
      isDropIn: true,
      idempotencyKey: null,
      answeredAt: null,
      createdAt: { gt: new Date(Date.now() - WINDOW_MS) },
      status: { in: ['queued', 'sending', 'pending', 'succeeded', 'unknown'] },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** The request no longer waits; unless it was answered, an identical one may join. */
export async function leave(id: string, isAnswered: boolean): Promise<void> {
  const where = { id, waiter: processId() }
  await db().generation.updateMany({
    where,
    data: { waiter: null, ...(isAnswered && { answeredAt: new Date() }) },
  })
}
