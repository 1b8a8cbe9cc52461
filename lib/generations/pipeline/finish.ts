import 'server-only'
import { recordBalances } from '@/lib/credits/server'
import { db, type Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import type { AmbiguousReason } from '@/lib/upstream/outcome'
import { discardSpool } from '@/lib/upstream/spool'
import { insertImages } from '@/lib/generations/pipeline/images'
import { receiveAnswer, type Received } from '@/lib/generations/pipeline/receive'
import { EDGES, type Edge, type Status } from '@/lib/generations/status'
import { keptAnswer, NOT_KEPT, readBy } from '@/lib/generations/kept-answers'
import { moveOne, transition } from '@/lib/generations/transition'
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
  const isKept = isToBeKept(answer, end)
  const kept = isKept ? keptAnswer(spool, answer) : NOT_KEPT
  // what upstream said for sure needs no lease: it also ends a generation that was given up meanwhile
  const owner = end.edge === 'lose' ? held.owner : undefined
  const moved = await db().$transaction(async (tx) => {
    const isFirst =
      (await moveOne(tx, end.edge, { id: generation.id, owner }, { ...end.data, ...kept })) ||
      (await revive(tx, generation, { ...end, data: { ...end.data, ...kept } }))
    if (isFirst) await record(tx, generation, answer)
    return isFirst
  })
  // a dispatcher that was given up may live after all and still be writing: its file is left to the next boot
  if (!isKept && held.ambiguous?.reason !== 'lease_expired') await discardSpool(spool)
  return moved ? EDGES[end.edge].to : null
}

/**
 * Reads a kept answer again: pictures that can be read now are added, and an end that nobody knew is known after all.
 * A person's decision without pictures gives way to them.
 */
export async function readAgain(generation: Generation, spool: string): Promise<void> {
  const answer = await receiveAnswer(generation, spool)
  const end = endOf(answer, {})
  const isKept = isToBeKept(answer, end)
  const kept = isKept ? readBy(answer) : NOT_KEPT
  await db().$transaction(async (tx) => {
    const isFirst =
      end.edge === 'succeed' &&
      ((await moveOne(tx, 'succeed', { id: generation.id }, end.data)) || (await revive(tx, generation, end)))
    if (isFirst) await record(tx, generation, answer)
    else await insertImages(tx, generation, answer.images)
    await tx.generation.updateMany({ where: { id: generation.id }, data: kept })
    await publish(tx, { team: generation.teamId, kind: 'generation', id: generation.id })
  })
  if (!isKept) await discardSpool(spool)
}

/** Pictures that come after a person had settled the end without them: they were paid for and are kept. */
async function revive(tx: Tx, { id }: Generation, { edge, data }: End): Promise<boolean> {
  if (edge !== 'succeed') return false
  const revived = await transition(
    tx,
    'revive',
    { id, resolvedById: { not: null } },
    { ...data, errorCode: null },
  )
  return revived.length === 1
}

type End = {
  edge: Extract<Edge, 'succeed' | 'accept' | 'fail' | 'lose'>
  data: Prisma.GenerationUpdateManyMutationInput
}

/** What the answer amounts to: the one place that decides between done, still working, failed and nobody knows. */
function endOf(answer: Received, { ambiguous }: Held): End {
  const { images, receivedAt, text, upstreamGroupId } = answer
  const sentAt = answer.sentAt ?? ambiguous?.sentAt
  const known = { answer: text, answerStatus: answer.status, upstreamGroupId, ...(sentAt && { sentAt }) }
  const unknown = (statusReason: string): End => ({
    edge: 'lose',
    data: { ...known, statusReason, charged: 'unknown', finishedAt: receivedAt ?? new Date() },
  })
  if (answer.isDiskFull) return unknown('spool_failed')
  // a document that came to its end is whole, however the connection ended
  if (!answer.isWhole) return unknown(ambiguous?.reason ?? 'malformed')
  if (images.some(({ state }) => state === 'pending')) return { edge: 'accept', data: known }
  const finishedAt = receivedAt ?? new Date()
  if (images.some(({ state }) => state === 'completed')) {
    return { edge: 'succeed', data: { ...known, charged: 'yes', finishedAt } }
  }
  const refusal = images.find(({ isUpstreamFailure }) => isUpstreamFailure)
  if (!refusal) return unknown('malformed')
  const errorParameter = refusal.error ?? null
  return {
    edge: 'fail',
    data: { ...known, errorCode: 'generation_failed', errorParameter, charged: 'unknown', finishedAt },
  }
}

/** An answer is thrown away only when all of it is in the database and the store. */
function isToBeKept(answer: Received, { edge }: End): boolean {
  return answer.hasBody && (answer.isRest || edge === 'lose')
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
