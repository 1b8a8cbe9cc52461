import 'server-only'
import { recordKeyProblem } from '@/lib/credits/key-problem'
import { recordBalances } from '@/lib/credits/server'
import { committing, noteStored } from '@/lib/generations/answers'
import { cancelQueued } from '@/lib/generations/cancel'
import { keptAnswer, NOT_KEPT, readBy } from '@/lib/generations/kept-answers'
import { endOfImages } from '@/lib/generations/pipeline/end-of-images'
import { addImages, imageRows } from '@/lib/generations/pipeline/images'
import { leaseOf, type Lease } from '@/lib/generations/pipeline/lease'
import { receiveAnswer, type Received, type Receiver } from '@/lib/generations/pipeline/receive'
import { EDGES, type Status } from '@/lib/generations/status'
import { UNDER_WAY } from '@/lib/platform/open-statuses'
import { generationChanged, moveOne, type Columns } from '@/lib/generations/transition'
import { correctEnd } from '@/lib/ledger/holds'
import { db, type Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { publish } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { sqlTransaction, type SqlTx } from '@/lib/platform/sql-transaction'
import { kindOfAccount } from '@/lib/upstream/accounts'
import { meaningOf, type UnsentCode } from '@/lib/upstream/error-codes'
import {
  type AmbiguousReason,
  RETRY_AFTER_MAX_S,
  type BusyReason,
  type Outcome,
  type Refusal,
} from '@/lib/upstream/outcome'
import { discardSpool } from '@/lib/upstream/spool'
import type { Generation } from '@/prisma/generated/client'
import { readDirectives } from '@/sandbox/directives'

/** A generation whose call could not even begin for so long is given up, free of charge. */
const UNREACHABLE_FOR_MS = 10 * 60_000

/** A directive makes the sandbox answer one request so: it says nothing of the account that everybody shares. */
const isPretence = async ({ prompt, accountId }: Generation) =>
  readDirectives(prompt).size > 0 && (await kindOfAccount(accountId)) === 'sandbox'

type Held = { spool: string; owner: string }
type Of<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>

/** Writes down how a call ended and returns the state it led to; `null` when somebody else settled it first. */
export async function settle(
  generation: Generation,
  outcome: Outcome,
  { receiver, ...held }: Held & { receiver: Receiver },
): Promise<Status | null> {
  log.info('generation.outcome', {
    id: generation.id,
    kind: outcome.kind,
    ...('reason' in outcome && { reason: outcome.reason }),
  })
  switch (outcome.kind) {
    case 'created':
      return finishFromSpool(generation, held.spool, {
        owner: held.owner,
        received: outcome.answer && (await receiver.endWhole(outcome.answer, outcome)),
      })
    case 'ambiguous':
      // nobody knows: whole images of a cut answer are kept, and a person decides
      return finishFromSpool(generation, held.spool, { owner: held.owner, ambiguous: outcome })
    case 'refused':
    case 'busy':
      return settleRefusal(generation, outcome, held)
    case 'not_sent':
      return settleNotSent(generation, outcome, held)
  }
}

/** A no is kept in the spool, and forgotten once it is written down. */
export async function settleRefusal(
  generation: Generation,
  refusal: Refusal,
  { spool, owner }: Held,
): Promise<Status | null> {
  const status =
    refusal.kind === 'busy'
      ? await settleBusy(generation, refusal, leaseOf(generation, owner))
      : await settleRefused(generation, refusal)
  await discardSpool(spool)
  return status
}

async function settleRefused(generation: Generation, outcome: Of<'refused'>): Promise<Status | null> {
  const { code, parameter, status, body, sentAt, receivedAt } = outcome
  const isReal = !(await isPretence(generation))
  const moved = await db().$transaction(async (tx) => {
    if (isReal) await recordKeyProblem(tx, generation.accountId, outcome)
    const data = {
      errorCode: code,
      errorParameter: parameter ?? null,
      charged: meaningOf(code).charged,
      answer: body.replaceAll('\0', ''), // decoded from UTF-8: it holds no lone surrogates
      answerStatus: status,
      sentAt,
      finishedAt: receivedAt,
    }
    return moveOne(tx, 'fail', { id: generation.id }, data)
  })
  return moved ? 'failed' : null
}

/** Upstream did not take it: back into the queue, and what it said of its limits is learned. */
async function settleBusy(generation: Generation, outcome: Of<'busy'>, lease: Lease): Promise<Status | null> {
  const waitS = Math.min(outcome.retryAfterS ?? Math.min(2 ** generation.attempts, 15), RETRY_AFTER_MAX_S)
  const notBefore = new Date(Date.now() + waitS * 1_000)
  const isReal = !(await isPretence(generation))
  return db().$transaction(async (tx) => {
    const status = await requeue(tx, { id: generation.id, lease }, requeued(outcome.reason, notBefore))
    if (status && isReal) await learn(tx, generation.accountId, outcome.reason, notBefore)
    return status
  })
}

/** Back into the queue, and out of it where the client that waited has left: nothing is sent for nobody. */
async function requeue(tx: Tx, one: { id: string; lease: Lease }, data: Columns): Promise<Status | null> {
  const moved = await moveOne(tx, 'requeue', one, data)
  if (!moved?.abandonedAt) return moved && 'queued'
  await cancelQueued(tx, { id: one.id }, 'client_gone')
  return 'canceled'
}

/** What upstream's no says of the account: fewer slots, or a pause for everything that waits. */
async function learn(tx: Tx, accountId: string, reason: BusyReason, notBefore: Date): Promise<void> {
  if (reason === 'simultaneous_generation_limit') return learnSlots(tx, accountId)
  await tx.generation.updateMany({
    where: { accountId, status: 'queued', OR: [{ notBefore: null }, { notBefore: { lt: notBefore } }] },
    data: { notBefore, statusReason: reason },
  })
}

/** What was refused is not under way any more. */
async function learnSlots(tx: Tx, accountId: string): Promise<void> {
  const inFlight = await tx.generation.count({ where: { accountId, status: { in: [...UNDER_WAY] } } })
  const data = { learnedSlots: Math.max(1, inFlight), learnedAt: new Date() }
  await tx.upstreamAccount.update({ where: { id: accountId }, data })
}

async function settleNotSent(
  generation: Generation,
  { reason }: Of<'not_sent'>,
  { owner }: Held,
): Promise<Status | null> {
  const waitedMs = Date.now() - generation.createdAt.getTime()
  const isHopeless = reason !== 'aborted' && waitedMs > UNREACHABLE_FOR_MS
  const waitS = reason === 'aborted' ? 0 : Math.min(2 ** (generation.attempts - 1), 30)
  const statusReason: UnsentCode = reason === 'local' ? 'no_space' : 'upstream_unreachable'
  const one = { id: generation.id, lease: leaseOf(generation, owner) }
  return db().$transaction(async (tx) => {
    if (!isHopeless) return requeue(tx, one, requeued(statusReason, new Date(Date.now() + waitS * 1_000)))
    const data = { errorCode: statusReason, charged: 'no' as const, finishedAt: new Date() }
    return (await moveOne(tx, 'fail', one, data)) && 'failed'
  })
}

/** There is nothing to send it with: free of charge, and said at once instead of waiting for nobody knows what. */
export async function settleWithoutKey(
  generation: Generation,
  { errorCode, owner }: { errorCode: UnsentCode; owner: string },
): Promise<void> {
  const data = { errorCode, charged: 'no' as const, finishedAt: new Date() }
  await db().$transaction((tx) =>
    moveOne(tx, 'fail', { id: generation.id, lease: leaseOf(generation, owner) }, data),
  )
}

/** As if it had never been claimed: its place is by age again, and its maker's turn is not used up. */
function requeued(statusReason: string, notBefore: Date): Columns {
  return { statusReason, notBefore, claimedAt: null, sentAt: null }
}

type FinishOptions = {
  owner: string
  /** The answer, where it was read while it came. */
  received?: Received | null
  /** Set when the call's end is not known, whatever the spool holds. */
  ambiguous?: { reason: AmbiguousReason | 'lease_expired'; sentAt?: Date }
}

/**
 * Ends a generation from its spooled answer: stores every whole image, then commits state, images, balances and the
 * answer's JSON together. The bytes are durable before the row says so. May be repeated after a crash at any point:
 * files are content-addressed and the state is guarded. Null: somebody else ended it first.
 */
export async function finishFromSpool(
  generation: Generation,
  spool: string,
  options: FinishOptions,
): Promise<Status | null> {
  const answer = options.received ?? (await receiveAnswer(generation, spool))
  const end = endOf(answer, options)
  const isKept = isToBeKept(answer, end)
  if (end.edge === 'succeed' && !isKept) noteStored(generation.id, answer)
  const kept = isKept ? keptAnswer(spool, answer) : NOT_KEPT
  // what upstream said for sure needs no lease: it also ends a generation that was given up meanwhile
  const lease = end.edge === 'lose' ? leaseOf(generation, options.owner) : undefined
  const data = { ...end.data, ...kept }
  const commit = () =>
    sqlTransaction(
      async (tx) =>
        (await moveOne(tx, end.edge, { lease, ...withAnswer(tx, generation, answer) }, data)) ??
        revive(tx, generation, answer, { ...end, data }),
    )
  // what is read from a spool may add to rows that are there, and is not all that is to be seen
  const moved = await (options.received ? committing(generation.id, answer, commit) : commit())
  // a dispatcher that was given up may live after all and still be writing: its file is left to the next boot
  if (!isKept && options.ambiguous?.reason !== 'lease_expired') await discardSpool(spool)
  return moved ? EDGES[end.edge].to : null
}

/**
 * Reads a kept answer again: images that can be read now are added, and an end that nobody knew is known after all.
 * A person's decision without images gives way to them. What is not kept any more is the caller's to discard.
 */
export async function readAgain(generation: Generation, spool: string): Promise<{ isKept: boolean }> {
  const answer = await receiveAnswer(generation, spool)
  const end = endOf(answer, {})
  const isKept = isToBeKept(answer, end)
  const kept = isKept ? readBy(answer) : NOT_KEPT
  await db().$transaction(async (tx) => {
    const isFirst =
      end.edge === 'succeed' &&
      ((await moveOne(tx, 'succeed', withAnswer(tx, generation, answer), end.data)) ||
        (await revive(tx, generation, answer, end)))
    await tx.generation.updateMany({ where: { id: generation.id }, data: kept })
    if (!isFirst) {
      await publish(tx, await addImages(tx, generation, answer.images))
      await correctEnd(tx, generation.id)
    }
    await publish(tx, generationChanged(generation.teamId, generation.id))
  })
  return { isKept }
}

/** Images that come after a person had settled the end without them: they were paid for and are kept. */
async function revive(tx: SqlTx, generation: Generation, answer: Received, { edge, data }: End) {
  if (edge !== 'succeed') return null
  const known = { ...data, errorCode: null }
  const write = () => record(tx, generation, answer)
  return moveOne(tx, 'revive', { id: generation.id, isResolved: true, record: write }, known)
}

type End = ReturnType<typeof endOfImages>

/** What the answer amounts to: where it is whole, what its images do. */
function endOf(answer: Received, { ambiguous }: Pick<FinishOptions, 'ambiguous'>): End {
  const { images, receivedAt, text, upstreamGroupId } = answer
  const sentAt = answer.sentAt ?? ambiguous?.sentAt
  const finishedAt = receivedAt ?? new Date()
  const known = { answer: text, answerStatus: answer.status, upstreamGroupId, ...(sentAt && { sentAt }) }
  const unknown = (statusReason: string): End => ({
    edge: 'lose',
    data: { ...known, statusReason, charged: 'unknown', finishedAt },
  })
  if (answer.isDiskFull) return unknown('spool_failed')
  // a document that came to its end is whole, however the connection ended
  if (!answer.isWhole) return unknown(ambiguous?.reason ?? 'malformed')
  const { edge, data } = endOfImages(images, finishedAt)
  return { edge, data: { ...known, ...data } }
}

/** An answer is thrown away only when all of it is in the database and the store. */
function isToBeKept(answer: Received, { edge }: End): boolean {
  return answer.hasBody && (answer.isRest || edge === 'lose')
}

/** What a change of state takes with it: the images by the same statement, then the rest. */
const withAnswer = (tx: SqlTx, generation: Generation, answer: Received) => ({
  id: generation.id,
  rows: imageRows(answer.images),
  record: (added: number) => record(tx, generation, answer, added),
})

/** `added`: how many of the images are written down already. */
async function record(
  tx: SqlTx,
  generation: Generation,
  { images, balances, sentAt, receivedAt }: Received,
  added = 0,
): Promise<StudioEvent[]> {
  const events = [await addImages(tx, generation, images, added)]
  const { accountId, id: generationId } = generation
  if (balances && sentAt && receivedAt)
    events.push(await recordBalances(tx, { accountId, generationId, ...balances, sentAt, receivedAt }))
  return events
}
