import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { audit } from '@/lib/audit/server'
import { generationChanged } from '@/lib/generations/transition'
import { announceImages } from '@/lib/images/announce'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import type { Prisma } from '@/prisma/generated/client'

/** Shows private generations of the actor's team to all of it, with their images (a trigger), and writes that down. */
export async function publishGenerations(
  tx: Tx,
  { teamId, userId }: Actor,
  where: Pick<Prisma.GenerationWhereInput, 'id' | 'setId'>,
): Promise<void> {
  const rows = await tx.generation.updateManyAndReturn({
    where: { ...where, teamId, isPrivate: true },
    data: { isPrivate: false },
    select: { id: true },
  })
  for (const { id } of rows)
    await audit(tx, { teamId, actorId: userId, act: 'generation.published', subject: id })
  await publish(tx, ...rows.map(({ id }) => generationChanged(teamId, id)))
  await announceImages(
    tx,
    teamId,
    rows.map(({ id }) => ({ generationId: id })),
  )
}
