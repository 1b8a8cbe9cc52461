import 'server-only'
import type { Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { publish } from '@/lib/platform/events'

/** Tells every team's pages of what belongs to a person, not to one team. */
export async function announceInTeams(
  tx: Tx,
  userId: string,
  event: Pick<StudioEvent, 'kind' | 'id'>,
): Promise<void> {
  const memberships = await tx.membership.findMany({ where: { userId }, select: { teamId: true } })
  await publish(tx, ...memberships.map(({ teamId }) => ({ team: teamId, ...event })))
}
