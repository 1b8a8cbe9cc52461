import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { can, requireReach } from '@/lib/access/permissions'
import { scopesOf } from '@/lib/access/roles'
import { cancelQueued } from '@/lib/generations/cancel'
import { handOver } from '@/lib/members/leaving'
import {
  getMembership,
  idOf,
  inTeam,
  keepAnOwner,
  recordMemberChange,
  withdrawInvitationsOf,
  workOf,
} from '@/lib/members/membership'
import { selectMember, toMember } from '@/lib/members/present'
import type { Member, MemberList, updateMemberInput } from '@/lib/members/schema'
import { db } from '@/lib/platform/db'
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
 * role; nobody changes their own role upward, and the team keeps an owner (`last_owner`). Whose access is switched off
 * keeps their links, which rest, unless an heir takes them. Throws `not_found`, `forbidden`, `heir_invalid`.
 */
export async function updateMember(
  actor: Actor,
  userId: string,
  { role, isDisabled, heirId }: z.output<typeof updateMemberInput>,
): Promise<Member> {
  return inTeam(actor, async (tx, ownRole) => {
    const target = await getMembership(tx, actor.teamId, userId)
    requireReach(actor, [target.role, role ?? target.role], ownRole)
    const loses = isDisabled || (role && role !== 'owner')
    if (loses) await keepAnOwner(tx, target)
    const links = isDisabled && heirId ? await handOver(tx, target, heirId) : 0
    const row = await tx.membership.update({
      where: idOf(target),
      data: { role, disabledAt: disabledAtFor(isDisabled) },
      select: selectMember,
    })
    if (isDisabled || !scopesOf(row.role).includes('manage')) await withdrawInvitationsOf(tx, target)
    if (isDisabled || !scopesOf(row.role).includes('generate')) await cancelQueued(tx, workOf(target))
    const detail = {
      role: row.role,
      isDisabled: !!row.disabledAt,
      ...(isDisabled === false && target.disabledAt && { isEnabled: true }),
      ...(links > 0 && heirId && { links, heirId }),
    }
    await recordMemberChange(tx, actor, { act: 'member.changed', userId, detail })
    return toMember(row, actor)
  })
}

function disabledAtFor(isDisabled: boolean | undefined): Date | null | undefined {
  if (isDisabled === undefined) return undefined
  return isDisabled ? new Date() : null
}

/**
 * Gives the team to another member: they become owner, the one who gave it becomes admin. Throws `forbidden`,
 * `not_found`, `conflict` for oneself or who was deactivated.
 */
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
    await recordMemberChange(tx, actor, { act: 'team.transferred', userId, detail: {} })
    await publish(tx, { team: actor.teamId, kind: 'member', id: actor.userId })
  })
}
