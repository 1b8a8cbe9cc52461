import 'server-only'
import { recordBalances } from '@/lib/credits/server'
import { db, type Tx } from '@/lib/db'
import { publish } from '@/lib/events'
import type { AmbiguousReason } from '@/lib/flamel/client'
import { discardSpool } from '@/lib/flamel/spool'
import { insertImages } from '@/lib/generations/images'
import { receiveAnswer, type Received } from '@/lib/generations/received'
import type { Status } from '@/lib/generations/status'
import { transition } from '@/lib/generations/transition'
import type { Generation, Prisma } from '@/prisma/generated/client'

type Held = {
  /** The dispatcher that holds the lease; absent when an answer turns up for an `unknown` generation. */
  owner?: string
  /** Set when the call's end is not known, whatever the spool holds. */
  ambiguous?: { reason: AmbiguousReason | 'lease_expired'; sentAt?: Date }
}

/**
 * Ends a generation from its spooled answer: stores every whole picture, then commits state, images, balances and the
 * answer's JSON together. The bytes are durable before the row says so. May be repeated after a crash at any point:
 * files are content-addressed and the state is guarded. Null: somebody else ended it first.
 */
export async function finishFromSpool(
  generation: Generation,
  spool: string,
  held: Held,
): Promise<Status | null> {
  const answer = await receiveAnswer(generation, spool)
  const end = endOf(answer, held)
  // what upstream said for sure needs no lease: it also ends a generation that was given up meanwhile
  const owner = end.to === 'unknown' ? held.owner : undefined
  const moved = await db().$transaction(async (tx) => {
    const isFirst =
      (await transition(tx, generation, { to: end.to, owner, data: end.data })) ||
      (await revive(tx, generation, end))
    if (isFirst) await record(tx, generation, answer)
    return isFirst
  })
  // a dispatcher that was given up may live after all and still be writing: its file is left to the next boot
  if (held.ambiguous?.reason !== 'lease_expired') await discardSpool(spool)
  return moved ? end.to : null
}

/** Pictures that come after a person had settled the end without them: they were paid for and are kept. */
async function revive(tx: Tx, { id, teamId }: Generation, { to, data }: End): Promise<boolean> {
  if (to !== 'succeeded') return false
  const { count } = await tx.generation.updateMany({
    where: { id, status: 'failed', resolvedById: { not: null } },
    data: { ...data, status: to, errorCode: null },
  })
  if (count === 1) await publish(tx, { team: teamId, kind: 'generation', id })
  return count === 1
}

type End = {
  to: Extract<Status, 'succeeded' | 'pending' | 'failed' | 'unknown'>
  data: Prisma.GenerationUpdateManyMutationInput
}

/** What the answer amounts to: the one place that decides between done, still working, failed and nobody knows. */
function endOf(answer: Received, { ambiguous }: Held): End {
  const { images, receivedAt, text, upstreamGroupId } = answer
  const sentAt = answer.sentAt ?? ambiguous?.sentAt
  const known = { answer: text, answerStatus: answer.status, upstreamGroupId, ...(sentAt && { sentAt }) }
  const unknown = (statusReason: string): End => ({
    to: 'unknown',
    data: { ...known, statusReason, charged: 'unknown', finishedAt: receivedAt ?? new Date() },
  })
  if (ambiguous) return unknown(ambiguous.reason)
  if (!answer.isWhole) return unknown('malformed')
  if (images.some(({ state }) => state === 'pending')) return { to: 'pending', data: known }
  const finishedAt = receivedAt ?? new Date()
  if (images.some(({ state }) => state === 'completed')) {
    return { to: 'succeeded', data: { ...known, charged: 'yes', finishedAt } }
  }
  const refusal = images.find(({ isUpstreamFailure }) => isUpstreamFailure)
  if (!refusal) return unknown('malformed')
  const errorParameter = refusal.error ?? null
  return {
    to: 'failed',
    data: { ...known, errorCode: 'generation_failed', errorParameter, charged: 'unknown', finishedAt },
  }
}

async function record(tx: Tx, generation: Generation, answer: Received): Promise<void> {
  await insertImages(tx, generation, answer.images)
  const { balances, sentAt, receivedAt } = answer
  if (!balances || !sentAt || !receivedAt) return
  const { accountId, id: generationId } = generation
  await recordBalances(tx, { accountId, generationId, ...balances, sentAt, receivedAt })
  await tx.upstreamAccount.updateMany({
    where: { id: accountId, keyProblem: { not: null } },
    data: { keyProblem: null },
  })
}
