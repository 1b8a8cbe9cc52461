import 'server-only'
import { isDatabaseGone } from '@/lib/database-errors'
import { db } from '@/lib/db'
import { publish } from '@/lib/events'
import { keptAnswer } from '@/lib/generations/kept-answers'
import type { Status } from '@/lib/generations/status'
import { log } from '@/lib/log'
import type { Generation } from '@/prisma/generated/client'

/**
 * Writes an end down by `settle`. Where that fails for another reason than the database being away, the generation
 * ends all the same, as `unknown` with its answer kept: nothing that upstream says may hold a slot for ever.
 */
export async function settleAnyway(
  { id, teamId }: Generation,
  spool: string | null,
  settle: () => Promise<Status | null>,
): Promise<Status | null> {
  try {
    return await settle()
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    log.error('generation.unsettled', { id, error })
    const data = {
      ...({ status: 'unknown', statusReason: 'unsettled', charged: 'unknown' } as const),
      ...{ leaseOwner: null, leaseExpiresAt: null, finishedAt: new Date() },
      ...(spool && keptAnswer(spool, { isDiskFull: false })),
    }
    const { count } = await db().generation.updateMany({
      where: { id, status: { in: ['sending', 'pending'] } },
      data,
    })
    await publish(db(), { team: teamId, kind: 'generation', id })
    return count === 1 ? 'unknown' : null
  }
}
