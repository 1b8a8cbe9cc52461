import 'server-only'
import { keptPath, NOT_KEPT } from '@/lib/generations/kept-answers'
import { readAgain } from '@/lib/generations/pipeline/settle'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { READER_VERSION } from '@/lib/upstream/answer'
import { hasRoomFor, discardSpool, findSpool } from '@/lib/upstream/spool'
import type { Generation } from '@/prisma/generated/client'

const AT_ONCE = 20

/**
 * Goes over the answers that were kept because they could not be read whole: reads again what an older version of the
 * reader, or a full disk, left unread, and forgets what has been kept for its time. One that fails stops no other.
 */
export async function sweepKeptAnswers(now = new Date()): Promise<void> {
  if (await hasRoomFor(1)) for (const generation of await unread()) await tryAgain(generation)
  const over = await db().generation.findMany({ where: { spoolUntil: { lt: now } }, take: AT_ONCE })
  for (const { id, spool } of over) {
    await db().generation.updateMany({ where: { id, spool }, data: NOT_KEPT })
    if (spool) await discardSpool(keptPath(spool))
  }
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
    if (!spool || !(await findSpool(keptPath(spool)))) return await note(id, NOT_KEPT)
    await readAgain(generation, keptPath(spool))
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    log.error('generation.unread', { id, error })
    await note(id, { spoolReader: READER_VERSION })
  }
}

async function note(id: string, data: Partial<typeof NOT_KEPT> | { spoolReader: number }): Promise<void> {
  await db().generation.updateMany({ where: { id }, data })
}
