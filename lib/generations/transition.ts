import 'server-only'
import type { Tx } from '@/lib/db'
import { publish } from '@/lib/events'
import { statesBefore, type Status } from '@/lib/generations/status'
import type { Generation, Prisma } from '@/prisma/generated/client'

type Moved = Pick<Generation, 'id' | 'teamId'>

const released = { leaseOwner: null, leaseExpiresAt: null }

/**
 * Moves a generation to `to` if the state machine allows it from where it is now, and tells everybody. False: somebody
 * else moved it first, and the caller must not act. `owner` demands in addition that the lease is still the caller's.
 */
export async function transition(
  tx: Tx,
  { id, teamId }: Moved,
  { to, owner, data }: { to: Status; owner?: string; data: Prisma.GenerationUpdateManyMutationInput },
): Promise<boolean> {
  const { count } = await tx.generation.updateMany({
    where: { id, status: { in: statesBefore(to) }, ...(owner && { leaseOwner: owner }) },
    data: { status: to, ...(to === 'pending' ? {} : released), ...data },
  })
  if (count === 1) await publish(tx, { team: teamId, kind: 'generation', id })
  return count === 1
}
