import 'server-only'
import { noteFall } from '@/lib/credits/account-facts'
import { forgetAnswer, noteAnswer } from '@/lib/generations/answers'
import { isHeldBy, keepLease, leaseOf, type Lease, type Run } from '@/lib/generations/pipeline/lease'
import { persist } from '@/lib/generations/pipeline/persist'
import { pollPending } from '@/lib/generations/pipeline/poll'
import { Receiver } from '@/lib/generations/pipeline/receive'
import { settle, settleWithoutKey } from '@/lib/generations/pipeline/settle'
import { settleAnyway } from '@/lib/generations/pipeline/unsettled'
import { log } from '@/lib/platform/log'
import { metrics } from '@/lib/platform/metrics'
import { PREPARED } from '@/lib/platform/prepared'
import { sql } from '@/lib/platform/sql-transaction'
import { createImageRequest, type CreateImageRequest } from '@/lib/upstream/schema'
import {
  connectionOf,
  createTimeouts,
  KEY_REMOVED,
  serviceOf,
  UNREADABLE,
  type Connection,
} from '@/lib/upstream/server'
import { spoolPath } from '@/lib/upstream/spool'

/** Makes the one call of a claimed generation and writes its end down, however long the database is away. */
export async function runGeneration(run: Run): Promise<void> {
  const { generation, owner, signal } = run
  const stop = keepLease(generation, owner)
  try {
    const connection = await persist(signal, () => connectionOf(generation))
    if (connection && connection.apiKey !== null) return await callAndSettle({ ...run, connection })
    const errorCode = connection ? UNREADABLE : KEY_REMOVED
    await persist(signal, () => settleWithoutKey(generation, { errorCode, owner }))
  } finally {
    stop()
  }
}

/** The key is taken once, before the call: what is under way ends on it, whatever the settings say meanwhile. */
async function callAndSettle({ generation, owner, signal, connection }: Run & { connection: Connection }) {
  const spool = spoolPath(generation.id, generation.attempts)
  const request = sentRequest(createImageRequest.parse(generation.request), connection.kind)
  const headers = {
    ...(generation.platform !== null && { 'X-Platform': generation.platform }),
    ...(generation.type !== null && { 'X-Type': generation.type }),
  }
  const lease = leaseOf(generation, owner)
  const onSent = (sentAt: Date) => noteSent(generation.id, lease, sentAt)
  const untilItEnds = new AbortController().signal // a call under way is finished, also when the server stops
  const receiver = new Receiver(generation)
  const measured = metrics().calls.startTimer()
  const outcome = await serviceOf(connection).create(request, {
    spoolPath: spool,
    headers,
    signal: untilItEnds,
    timeouts: createTimeouts(),
    onImage: (image) => receiver.take(image),
    onSent,
  })
  measured({ end: outcome.kind })
  if (outcome.kind === 'created') noteAnswer(generation.id, spool)
  const status = await persist(signal, () =>
    settleAnyway({ id: generation.id, lease, spool }, () =>
      settle(generation, outcome, { spool, owner, receiver }),
    ),
  )
  forgetAnswer(generation.id)
  if (status === 'pending') await pollPending({ generation, owner, signal, connection })
  if (status === 'unknown' && outcome.kind === 'ambiguous')
    await noteFall({ ...generation, sentAt: outcome.sentAt }, { connection, signal })
}

/** `async` goes upstream only where polling is known to return images: the sandbox. */
function sentRequest(request: CreateImageRequest, kind: Connection['kind']): CreateImageRequest {
  return request.async && kind !== 'sandbox' ? { ...request, async: false } : request
}

/** Keeps when the first byte left, for whoever finds the row after a crash. Nothing waits for it. */
function noteSent(id: string, lease: Lease, sentAt: Date): void {
  const noted = sql.$executeRaw`${PREPARED}
    UPDATE "Generation" SET "sentAt" = ${sentAt}
    WHERE id = ${id}::uuid AND ${isHeldBy(lease)} AND status = 'sending'`
  noted.catch((error: unknown) => log.warn('generation.sent_unnoted', { id, error }))
}
