import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import { hasSecondFactor } from '@/lib/access/second-factor'
import { dropChallenges } from '@/lib/account/auth-challenge'
import { endSessions, normalEmail } from '@/lib/account/sign-in'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { inTurn, noteChange } from '@/lib/second-factor/change'

/**
 * Turns off the two-step sign-in of a member who lost their device: factors and recovery codes go, their sessions end,
 * and they are told when they sign in. Throws `forbidden` unless the actor may manage the person in every team that the
 * person is in: what secures one team must not be undone from another. Throws `not_found`, `conflict` when there is nothing to turn off.
 */
export async function resetMember(actor: Actor, userId: string): Promise<void> {
  requirePermission(actor, 'manage_members')
  if (actor.via === 'api-key' || userId === actor.userId) throw new AppError('forbidden')
  await inTurn(userId, async (tx) => {
    const theirs = await standingIn(tx, userId)
    const own = await standingIn(tx, actor.userId)
    if (!theirs.has(actor.teamId)) throw new AppError('not_found')
    for (const [teamId, role] of theirs) {
      const ownRole = own.get(teamId)
      if (!ownRole || !rolesInReachOf(ownRole).includes(role)) throw new AppError('forbidden')
    }
    await reset(tx, userId, actor.userId)
  })
}

/** The shell's way: for whoever lost everything. Throws `not_found`, or `conflict` when there is nothing to turn off. */
export async function resetForShell({ email }: { email: string }): Promise<void> {
  const user = await db().user.findUnique({ where: { email: normalEmail(email) }, select: { id: true } })
  if (!user) throw new AppError('not_found', { detail: `Nobody here has the e-mail ${email}.` })
  await inTurn(user.id, (tx) => reset(tx, user.id, null))
}

async function reset(tx: Tx, userId: string, actorId: string | null): Promise<void> {
  if (!(await hasSecondFactor(userId, tx)))
    throw new AppError('conflict', { detail: 'They have no two-step sign-in.' })
  await tx.totpFactor.deleteMany({ where: { userId } })
  await tx.passkey.deleteMany({ where: { userId } })
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.user.update({ where: { id: userId }, data: { secondFactorResetAt: new Date() } })
  await dropChallenges(tx, userId)
  await endSessions(tx, { userId })
  await noteChange(tx, { userId, actorId, act: 'second-factor.reset' })
}

async function standingIn(tx: Tx, userId: string): Promise<Map<string, Role>> {
  const memberships = await tx.membership.findMany({
    where: { userId, disabledAt: null, team: { deletedAt: null } },
    select: { teamId: true, role: true },
  })
  return new Map(memberships.map(({ teamId, role }) => [teamId, role]))
}
