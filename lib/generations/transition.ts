import 'server-only'
import { EDGES, isOpen, type Edge, type Status } from '@/lib/generations/status'
import type { Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { publish } from '@/lib/platform/events'
import type { Generation, Prisma } from '@/prisma/generated/client'

const released = { leaseOwner: null, leaseExpiresAt: null }

/**
 * The one writer of `Generation.status`: takes every generation that `where` finds over the edge, if the edge begins
 * where it is now, and tells everybody. What follows a change of state hangs here. Returns what was moved, as it is now:
 * for what is missing somebody else was first, and the caller must not act.
 */
export async function transition(
  tx: Tx,
  edge: Edge,
  where: Prisma.GenerationWhereInput,
  data: Omit<Prisma.GenerationUpdateManyMutationInput, 'status'>,
): Promise<Generation[]> {
  const { from, to } = EDGES[edge]
  const isHeld = isOpen(to) && to !== 'queued'
  const moved = await tx.generation.updateManyAndReturn({
    where: { AND: [where, { status: { in: [...from] } }] },
    data: { ...(!isHeld && released), ...data, status: to },
  })
  await publish(tx, ...moved.map(({ id, teamId }) => generationChanged(teamId, id, to)))
  return moved
}

/** What is announced when a generation changed or came to be; `status` when that is a new state. */
export function generationChanged(team: string, id: string, status?: Status): StudioEvent {
  return { team, kind: 'generation', id, status }
}

/** The same for one generation, null when it was not moved. `owner` demands that the lease is still the caller's. */
export async function moveOne(
  tx: Tx,
  edge: Edge,
  { id, owner }: { id: string; owner?: string },
  data: Omit<Prisma.GenerationUpdateManyMutationInput, 'status'>,
): Promise<Generation | null> {
  const [moved] = await transition(tx, edge, { id, ...(owner && { leaseOwner: owner }) }, data)
  return moved ?? null
}
