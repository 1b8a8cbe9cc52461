import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { auditAct } from '@/lib/audit/server'
import { generationChanged } from '@/lib/generations/transition'
import { announceImages } from '@/lib/images/announce'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'

/**
 * Shows private generations of the actor's team to all of it, with their images (a trigger), and writes that down: one
 * entry, for the generation or for the whole set.
 */
export async function publishGenerations(
  tx: Tx,
  actor: Actor,
  where: { id: string } | { setId: string },
): Promise<void> {
  const { teamId } = actor
  const rows = await tx.generation.updateManyAndReturn({
    where: { ...where, teamId, isPrivate: true },
    data: { isPrivate: false },
    select: { id: true },
  })
  if ('setId' in where)
    await auditAct(tx, actor, {
      act: 'campaign-set.published',
      subject: where.setId,
      detail: { count: rows.length },
    })
  else if (rows.length > 0) await auditAct(tx, actor, { act: 'generation.published', subject: where.id })
  await publish(tx, ...rows.map(({ id }) => generationChanged(teamId, id)))
  await announceImages(
    tx,
    teamId,
    rows.map(({ id }) => ({ generationId: id })),
  )
}
