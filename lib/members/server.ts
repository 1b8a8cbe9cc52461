import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'
import { rolesInReachOf, scopesOf, type Role } from '@/lib/access/roles'
import { audit } from '@/lib/audit/server'
import { cancelQueued } from '@/lib/generations/cancel'
import type { Member, MemberList, updateMemberInput } from '@/lib/members/schema'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { presentRows } from '@/lib/platform/present-rows'

/** Everybody of the team, disabled members too, owners first. */
export async function listMembers(actor: Actor): Promise<MemberList> {
  const rows = await db().membership.findMany({
    where: { teamId: actor.teamId },
    select: selectMember,
    orderBy: [{ role: 'asc' }, { createdAt: 'asc' }],
  })
  return { items: presentRows(rows, (row) => toMember(row, actor)), nextCursor: null }
}

/**
 * Changes a member's role or switches their access off and on. The one who asks must reach both the old and the new
 * role; nobody changes their own role upward, and the team keeps an owner (`last_owner`).
 */
export async function updateMember(
  actor: Actor,
  userId: string,
  { role, isDisabled }: z.output<typeof updateMemberInput>,
): Promise<Member> {
  return inTeam(actor, async (tx, ownRole) => {
    const target = await getMembership(tx, actor.teamId, userId)
    demandReach(ownRole, actor, [target.role, role ?? target.role])
    const loses = isDisabled || (role && role !== 'owner')
    if (loses) await keepAnOwner(tx, target)
    const disabledAt = isDisabled === undefined ? undefined : isDisabled ? new Date() : null
    const row = await tx.membership.update({
      where: idOf(target),
      data: { role, disabledAt },
      select: selectMember,
    })
    if (isDisabled || !scopesOf(row.role).includes('manage')) await withdrawInvitationsOf(tx, target)
    if (isDisabled || !scopesOf(row.role).includes('generate')) await cancelQueued(tx, workOf(target))
    await note(tx, actor, {
      act: 'member.changed',
      userId,
      detail: { role: row.role, isDisabled: !!row.disabledAt },
    })
    return toMember(row, actor)
  })
}

/** Takes a member out of the team, or lets oneself leave. Their keys, links, open invitations and what they have in the queue of this team end with it. */
export async function removeMember(actor: Actor, userId: string): Promise<void> {
  await inTeam(actor, async (tx, ownRole) => {
    const target = await getMembership(tx, actor.teamId, userId)
    if (userId !== actor.userId || actor.via === 'api-key') demandReach(ownRole, actor, [target.role])
    await keepAnOwner(tx, target)
    await tx.membership.delete({ where: idOf(target) })
    await tx.apiKey.updateMany({
      where: { teamId: actor.teamId, creatorId: userId, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    await tx.shareLink.updateMany({
      where: { teamId: actor.teamId, makerId: userId, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    await withdrawInvitationsOf(tx, target)
    await cancelQueued(tx, workOf(target))
    await note(tx, actor, { act: 'member.removed', userId, detail: { role: target.role } })
  })
}

/** Gives the team to another member: they become owner, the one who gave it becomes admin. */
export async function transferTeam(actor: Actor, userId: string): Promise<void> {
  await inTeam(actor, async (tx, ownRole) => {
    if (ownRole !== 'owner' || !can(actor, 'transfer_team')) throw new AppError('forbidden')
    const target = await getMembership(tx, actor.teamId, userId)
    if (target.disabledAt || userId === actor.userId) throw new AppError('conflict')
    await tx.membership.update({ where: idOf(target), data: { role: 'owner' } })
    await tx.membership.update({
      where: idOf({ teamId: actor.teamId, userId: actor.userId }),
      data: { role: 'admin' },
    })
    await note(tx, actor, { act: 'team.transferred', userId, detail: {} })
    await publish(tx, { team: actor.teamId, kind: 'member', id: actor.userId })
  })
}

type Target = { teamId: string; userId: string; role: Role; disabledAt: Date | null }

/** One change of a team's members at a time, with the role that the one who asks has now, not when they asked. */
async function inTeam<T>(actor: Actor, change: (tx: Tx, ownRole: Role) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Team" WHERE "id" = ${actor.teamId}::uuid FOR UPDATE`
    const own = await findMembership(tx, actor.teamId, actor.userId)
    if (!own || own.disabledAt) throw new AppError('not_found')
    return change(tx, own.role)
  })
}

function findMembership(tx: Tx, teamId: string, userId: string): Promise<Target | null> {
  const select = { teamId: true, userId: true, role: true, disabledAt: true } as const
  return tx.membership.findUnique({ where: idOf({ teamId, userId }), select })
}

async function getMembership(tx: Tx, teamId: string, userId: string): Promise<Target> {
  const target = await findMembership(tx, teamId, userId)
  if (!target) throw new AppError('not_found')
  return target
}

function demandReach(ownRole: Role, actor: Actor, roles: readonly Role[]): void {
  const reach = rolesInReachOf(ownRole)
  if (!can(actor, 'manage_members') || !roles.every((role) => reach.includes(role)))
    throw new AppError('forbidden')
}

async function keepAnOwner(tx: Tx, { teamId, userId, role }: Target): Promise<void> {
  if (role !== 'owner') return
  const others = await tx.membership.count({
    where: { teamId, role: 'owner', disabledAt: null, userId: { not: userId }, user: { disabledAt: null } },
  })
  if (others === 0) throw new AppError('last_owner')
}

/** Who may not invite any more must not come back, or bring others, by a link made before. */
async function withdrawInvitationsOf(tx: Tx, { teamId, userId }: Target): Promise<void> {
  await tx.invitation.updateMany({
    where: { teamId, createdById: userId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  })
}

const workOf = ({ teamId, userId }: Target) => ({ teamId, makerId: userId })

type Note = { act: string; userId: string; detail: Record<string, string | boolean> }

async function note(tx: Tx, actor: Actor, { act, userId, detail }: Note): Promise<void> {
  await audit(tx, { teamId: actor.teamId, actorId: actor.userId, act, subject: userId, detail })
  await publish(tx, { team: actor.teamId, kind: 'member', id: userId })
}

const idOf = ({ teamId, userId }: { teamId: string; userId: string }) => ({
  teamId_userId: { teamId, userId },
})

const selectMember = {
  role: true,
  createdAt: true,
  disabledAt: true,
  user: {
    select: {
      id: true,
      name: true,
      email: true,
      sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
      totpFactor: { select: { userId: true } },
      passkeys: { select: { id: true }, take: 1 },
    },
  },
} as const

type MemberRow = {
  role: Role
  createdAt: Date
  disabledAt: Date | null
  user: {
    id: string
    name: string
    email: string
    sessions: { lastSeenAt: Date }[]
    totpFactor: object | null
    passkeys: object[]
  }
}

function toMember({ user, role, createdAt, disabledAt }: MemberRow, actor: Actor): Member {
  const isTold = can(actor, 'manage_members') || user.id === actor.userId
  return {
    id: user.id,
    name: user.name,
    email: isTold ? user.email : null,
    role,
    isDisabled: disabledAt !== null,
    joinedAt: createdAt.toISOString(),
    lastSeenAt: isTold ? (user.sessions[0]?.lastSeenAt.toISOString() ?? null) : null,
    hasSecondFactor: isTold ? user.totpFactor !== null || user.passkeys.length > 0 : null,
  }
}
