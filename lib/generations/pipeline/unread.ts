import 'server-only'
import { NOT_KEPT } from '@/lib/generations/kept-answers'
import { readAgain } from '@/lib/generations/pipeline/settle'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { isStoreAway } from '@/lib/platform/blob-store'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { log } from '@/lib/platform/log'
import { objectStore } from '@/lib/platform/storage'
import { READER_VERSION } from '@/lib/upstream/answer'
import { discardKept, fetchKept, listSpooled, shareKept } from '@/lib/upstream/kept-spool'
import { hasRoomFor } from '@/lib/upstream/spool'
import type { Generation } from '@/prisma/generated/client'

const AT_ONCE = 20
/** For so long a kept answer that is not in the object store is taken to lie on the disk of a machine that is away. */
const BROUGHT_WITHIN_MS = DAY_MS

/**
 * Goes over the answers that were kept because they could not be read whole: reads again what an older version of the
 * reader, or a full disk, left unread, and forgets what has been kept for its time. One that fails stops no other. With an
 * object store what lies here is brought there: other machines see this one's rows and not its disk.
 */
export async function sweepKeptAnswers(now = new Date()): Promise<void> {
  if (await hasRoomFor(1)) for (const generation of await unread()) await tryAgain(generation)
  const over = await db().generation.findMany({ where: { spoolUntil: { lt: now } }, take: AT_ONCE })
  for (const { id, spool } of over) {
    if (spool) await discardKept(spool) // while the row names it: a store that is away is asked again
    await db().generation.updateMany({ where: { id, spool }, data: NOT_KEPT })
  }
  if (objectStore()) await shareHere()
}

async function shareHere(): Promise<void> {
  const names = await listSpooled()
  if (names.length === 0) return
  const kept = await db().generation.findMany({
    // one whose dispatcher was given up may be still written by it
    where: {
      spool: { in: names },
      OR: [{ statusReason: null }, { statusReason: { not: 'lease_expired' } }],
    },
    select: { spool: true },
    take: AT_ONCE,
  })
  for (const { spool } of kept) if (spool) await shareKept(spool)
}

function unread(): Promise<Generation[]> {
  return db().generation.findMany({
    where: {
      spool: { not: null },
      status: { in: ['unknown', 'succeeded', 'failed'] },
      OR: [{ spoolReader: null }, { spoolReader: { lt: READER_VERSION } }],
    },
    orderBy: { createdAt: 'desc' },
    take: AT_ONCE,
  })
}

async function tryAgain(generation: Generation): Promise<void> {
  const { id, spool } = generation
  try {
    const file = spool && (await fetchKept(spool))
    if (!spool || !file) return isElsewhere(generation) ? undefined : await note(id, NOT_KEPT)
    const { isKept } = await readAgain(generation, file)
    if (!isKept) await discardKept(spool)
  } catch (error) {
    if (isDatabaseGone(error) || isStoreAway(error)) throw error
    log.error('generation.unread', { id, error })
    await note(id, { spoolReader: READER_VERSION })
  }
}

const isElsewhere = ({ finishedAt }: Generation) =>
  objectStore() !== null && Date.now() - (finishedAt?.getTime() ?? 0) < BROUGHT_WITHIN_MS

async function note(id: string, data: Partial<typeof NOT_KEPT> | { spoolReader: number }): Promise<void> {
  await db().generation.updateMany({ where: { id }, data })
}
