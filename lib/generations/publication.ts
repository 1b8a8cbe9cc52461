import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { generationChanged } from '@/lib/generations/transition'
import { announceImages } from '@/lib/images/announce'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'

/**
 * Shows private generations of the actor's team to all of it, with their images (a trigger). Returns how many there were:
 * who calls writes one entry of the audit log, for the generation or for the whole set.
 */
export async function publishGenerations(
  tx: Tx,
  { teamId }: Actor,
  where: { id: string } | { setId: string },
): Promise<number> {
  const rows = await tx.generation.updateManyAndReturn({
    where: { ...where, teamId, isPrivate: true },
    data: { isPrivate: false },
    select: { id: true },
  })
  await publish(tx, ...rows.map(({ id }) => generationChanged(teamId, id)))
  await announceImages(
    tx,
    teamId,
    rows.map(({ id }) => ({ generationId: id })),
  )
  return rows.length
}
