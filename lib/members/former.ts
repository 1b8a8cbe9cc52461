import 'server-only'
import type { SignedIn } from '@/lib/access/session'
import { db } from '@/lib/platform/db'

/** How somebody came out of a team that they were in. */
export type WayOut = { team: string; state: 'removed' | 'left' | 'disabled' | 'team_deleted' }

/** What became of a person's membership in the team of that address; null where they never had one, or have it still. */
export async function findWayOut({ person }: SignedIn, slug: string): Promise<WayOut | null> {
  const team = await db().team.findUnique({
    where: { slug },
    select: {
      id: true,
      name: true,
      deletedAt: true,
      memberships: { where: { userId: person.id }, select: { disabledAt: true } },
    },
  })
  if (!team) return null
  const [membership] = team.memberships
  if (membership?.disabledAt) return { team: team.name, state: 'disabled' }
  if (membership) return team.deletedAt ? { team: team.name, state: 'team_deleted' } : null
  const removal = await db().auditEntry.findFirst({
    where: { subject: person.id, teamId: team.id, act: 'member.removed' },
    select: { actorId: true },
    orderBy: { createdAt: 'desc' },
  })
  if (!removal) return null
  return { team: team.name, state: removal.actorId === person.id ? 'left' : 'removed' }
}
