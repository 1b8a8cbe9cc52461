import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { Role } from '@/lib/access/roles'
import type { AuditAct } from '@/lib/audit/acts'
import { auditAct } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'

export type Target = { teamId: string; userId: string; role: Role; disabledAt: Date | null }

/**
 * One change of a team's members at a time, with the role that the one who asks has now, not when they asked. Throws
 * `not_found` when they are no member any more.
 */
export async function inTeam<T>(actor: Actor, change: (tx: Tx, ownRole: Role) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Team" WHERE "id" = ${actor.teamId}::uuid FOR UPDATE`
    const own = await findMembership(tx, actor.teamId, actor.userId)
    if (!own || own.disabledAt) throw new AppError('not_found')
    return change(tx, own.role)
  })
}

export function findMembership(tx: Tx, teamId: string, userId: string): Promise<Target | null> {
  const select = { teamId: true, userId: true, role: true, disabledAt: true } as const
  return tx.membership.findUnique({ where: idOf({ teamId, userId }), select })
}

/** Throws `not_found` for who is no member. */
export async function getMembership(tx: Tx, teamId: string, userId: string): Promise<Target> {
  const target = await findMembership(tx, teamId, userId)
  if (!target) throw new AppError('not_found')
  return target
}

/** Throws `last_owner` where nobody else could act as owner. */
export async function keepAnOwner(tx: Tx, { teamId, userId, role }: Target): Promise<void> {
  if (role !== 'owner') return
  const others = await tx.membership.count({
    where: { teamId, role: 'owner', disabledAt: null, userId: { not: userId }, user: { disabledAt: null } },
  })
  if (others === 0) throw new AppError('last_owner')
}

/** Who may not invite any more must not come back, or bring others, by a link made before. */
export async function withdrawInvitationsOf(tx: Tx, { teamId, userId }: Target): Promise<void> {
  await tx.invitation.updateMany({
    where: { teamId, createdById: userId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  })
}

type MemberChange = { act: AuditAct; userId: string; detail: Record<string, string | boolean | number> }

export async function recordMemberChange(
  tx: Tx,
  actor: Actor,
  { act, userId, detail }: MemberChange,
): Promise<void> {
  await auditAct(tx, actor, { act, subject: userId, detail })
  await publish(tx, { team: actor.teamId, kind: 'member', id: userId })
}

export const workOf = ({ teamId, userId }: Target) => ({ teamId, makerId: userId })

export const idOf = ({ teamId, userId }: { teamId: string; userId: string }) => ({
  teamId_userId: { teamId, userId },
})
