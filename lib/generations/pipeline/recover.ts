import 'server-only'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { cancelQueued } from '@/lib/generations/cancel'
import { leaseOf, takeLapsed } from '@/lib/generations/pipeline/lease'
import { finishFromSpool, settleRefusal } from '@/lib/generations/pipeline/settle'
import { settleAnyway } from '@/lib/generations/pipeline/unsettled'
import type { Status } from '@/lib/generations/status'
import { db } from '@/lib/platform/db'
import { DAY_MS, HOUR_MS } from '@/lib/platform/durations'
import { log } from '@/lib/platform/log'
import { processId } from '@/lib/platform/process'
import { findRefusal } from '@/lib/upstream/refusal-spool'
import { spoolDir, spoolPath, discardSpool, findSpool, spoolTouchedAt } from '@/lib/upstream/spool'
import type { Generation } from '@/prisma/generated/client'

/** Longer than any call may take, from its first byte to its last. */
const LEFT_AFTER_MS = HOUR_MS
/** An answer whose generation this database does not know may be another database's. */
const UNKNOWN_FOR_MS = 30 * DAY_MS

/**
 * Ends what a dead dispatcher left behind: from its spooled answer where there is one, else as `unknown`. Back into the queue
 * only where that answer says that upstream did not take it: the call may have been made. Returns the pending ones, which need
 * a new poller. `running` are the caller's own.
 */
export async function recoverLapsed(
  accountId: string,
  owner: string,
  running: string[] = [],
): Promise<Generation[]> {
  const lapsed = await takeLapsed(accountId, { owner, running })
  for (const generation of lapsed.filter(({ status }) => status === 'sending'))
    await recover(generation, owner)
  return lapsed.filter(({ status }) => status === 'pending')
}

function recover(generation: Generation, owner: string): Promise<Status | null> {
  const spool = spoolPath(generation.id, generation.attempts)
  const lease = leaseOf(generation, owner)
  return settleAnyway({ id: generation.id, lease, spool }, () => settleSpooled(generation, { spool, owner }))
}

async function settleSpooled(
  generation: Generation,
  { spool, owner }: { spool: string; owner: string },
): Promise<Status | null> {
  const found = await findSpool(spool)
  log.info('generation.recovered', { id: generation.id, answerStatus: found?.whole ? found.status : null })
  const refusal = await findRefusal(spool)
  if (refusal) return settleRefusal(generation, refusal, { spool, owner })
  const sentAt = found?.sentAt ?? generation.sentAt ?? undefined
  const ambiguous = { reason: 'lease_expired', sentAt } as const
  return finishFromSpool(generation, spool, found?.whole ? { owner } : { owner, ambiguous })
}

/**
 * Ends generations whose whole answer lies in the spool of this machine, and clears what nobody needs any more. `only` one
 * generation's: another machine has just given it up, without the answer that may lie here.
 */
export async function recoverSpools(only = ''): Promise<void> {
  const files = await readdir(spoolDir()).catch(() => [])
  for (const file of files) {
    if (!file.startsWith(only)) continue
    const [, id, digits] = /^([0-9a-f-]{36})\.(\d+)/.exec(file) ?? []
    if (!id || !digits) continue
    const attempt = Number(digits)
    const generation = await db().generation.findUnique({ where: { id } })
    if (generation?.status === 'sending' && generation.attempts === attempt) continue // its lease decides
    await recoverSpool(generation, spoolPath(id, attempt))
  }
}

async function recoverSpool(generation: Generation | null, spool: string): Promise<void> {
  const isKept = generation?.spool === path.basename(spool)
  const found = await findSpool(spool)
  const isOfLastAttempt = generation !== null && spool === spoolPath(generation.id, generation.attempts)
  if (isOfLastAttempt && found?.whole && mayHoldMore(generation, isKept)) {
    await recover(generation, processId())
  } else if (!isKept) {
    // under its final name nobody writes it any more, and what it held was committed: only its removal was missed
    const isOver = generation !== null && found?.whole === true && found.file === spool
    if (isOver || (await isLeft(spool, generation ? LEFT_AFTER_MS : UNKNOWN_FOR_MS)))
      await discardSpool(spool)
  }
}

/** Whether a whole answer may say more than the row: nobody knew the end, or a person settled it without images. */
function mayHoldMore({ status, statusReason, resolvedById }: Generation, isKept: boolean): boolean {
  if (status === 'failed') return resolvedById !== null && !isKept
  // it may have been read while a dispatcher that was given up was still writing it
  return status === 'unknown' && (!isKept || statusReason === 'lease_expired')
}

/** Whether nobody has written to it for so long that no living process of any server still does. */
async function isLeft(spool: string, forMs: number): Promise<boolean> {
  const touchedAt = await spoolTouchedAt(spool)
  return touchedAt !== null && Date.now() - touchedAt.getTime() > forMs
}

/** Cancels, free of charge, what may wait no longer: its drop-in client has been answered or is gone. */
export async function cancelOverdue(accountId: string): Promise<void> {
  // the clock is the database's, as for the claim
  const overdue = await db().$queryRaw<{ id: string }[]>`
    SELECT id::text FROM "Generation"
    WHERE "accountId" = ${accountId}::uuid AND status = 'queued' AND "queueDeadline" < now()`
  if (overdue.length === 0) return
  const where = { id: { in: overdue.map(({ id }) => id) } }
  await db().$transaction((tx) => cancelQueued(tx, where, 'queue_timeout'))
}

/** Says on every waiting generation why nothing moves: the server's disk has no room for an answer. */
export async function noteNoSpace(accountId: string): Promise<void> {
  await db().generation.updateMany({
    where: { accountId, status: 'queued', statusReason: null },
    data: { statusReason: 'no_space' },
  })
}
