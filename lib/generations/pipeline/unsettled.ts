import 'server-only'
import { keptAnswer } from '@/lib/generations/kept-answers'
import type { Lease } from '@/lib/generations/pipeline/lease'
import type { Status } from '@/lib/generations/status'
import { moveOne } from '@/lib/generations/transition'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'

/**
 * Writes an end down by `settle`. Where that fails for another reason than the database being away, the generation
 * ends all the same, as `unknown` with its answer kept: nothing that upstream says may hold a slot for ever.
 */
export async function settleAnyway(
  { id, lease, spool }: { id: string; lease: Lease; spool: string | null },
  settle: () => Promise<Status | null>,
): Promise<Status | null> {
  try {
    return await settle()
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    log.error('generation.unsettled', { id, error })
    const data = {
      ...({ statusReason: 'unsettled', charged: 'unknown', finishedAt: new Date() } as const),
      ...(spool && keptAnswer(spool, { isDiskFull: false })),
    }
    const moved = await db().$transaction((tx) => moveOne(tx, 'lose', { id, lease }, data))
    return moved ? 'unknown' : null
  }
}
