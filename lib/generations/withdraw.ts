import 'server-only'
import type { Tx } from '@/lib/db'
import { publish } from '@/lib/events'

/**
 * Takes what somebody put into the queue out of it, free of charge, inside the act that ends their rights: nothing is
 * paid for a key that was revoked or for a person who left. What is on its way already ends as it would.
 */
export async function withdrawQueued(
  tx: Tx,
  where: { teamId: string; principal?: string; makerId?: string },
): Promise<void> {
  const rows = await tx.generation.updateManyAndReturn({
    where: { ...where, status: 'queued' },
    data: { status: 'canceled', statusReason: 'by_person', charged: 'no', finishedAt: new Date() },
    select: { id: true, teamId: true },
  })
  await publish(tx, ...rows.map(({ id, teamId }) => ({ team: teamId, kind: 'generation' as const, id })))
}
