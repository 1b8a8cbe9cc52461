import 'server-only'
import { rolesInReachOf } from '@/lib/access/roles'
import type { Tx } from '@/lib/platform/db'

/**
 * Whether one person may hand another a way to a new password. It opens every team that the other is in, so the one must
 * be able to change their role in each: an admin of one team must not get into another by a member of both.
 */
export async function canResetPassword(tx: Tx, makerId: string, userId: string): Promise<boolean> {
  if (makerId === userId) return false
  const memberships = await tx.membership.findMany({
    where: {
      userId: { in: [makerId, userId] },
      team: { deletedAt: null },
      user: { disabledAt: null },
    },
    select: { teamId: true, userId: true, role: true, disabledAt: true },
  })
  const theirs = memberships.filter((one) => one.userId === userId)
  return theirs.length > 0 && theirs.every(({ teamId, role }) => isReached(teamId, role))

  function isReached(teamId: string, role: (typeof memberships)[number]['role']): boolean {
    const own = memberships.find((one) => one.userId === makerId && one.teamId === teamId)
    return own !== undefined && own.disabledAt === null && rolesInReachOf(own.role).includes(role)
  }
}
