import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { createLink } from '@/lib/account/links'
import { canResetPassword } from '@/lib/account/permissions'
import { audit } from '@/lib/audit/server'
import type { PasswordLink } from '@/lib/members/schema'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'

const MINUTES = 24 * 60

/**
 * A link by which a member chooses a new password, for an admin to hand over. Throws `forbidden` to programs, and to
 * whoever does not reach the member in every team of theirs; `conflict` for a member who was deactivated; `not_found`.
 */
export async function createPasswordLink(actor: Actor, userId: string): Promise<PasswordLink> {
  requirePermission(actor, 'manage_members')
  if (actor.via !== 'session') throw new AppError('forbidden')
  return db().$transaction(async (tx) => {
    const { teamId, userId: makerId } = actor
    const member = await tx.membership.findUnique({
      where: { teamId_userId: { teamId, userId } },
      select: { disabledAt: true, user: { select: { disabledAt: true } } },
    })
    if (!member) throw new AppError('not_found')
    if (!(await canResetPassword(tx, makerId, userId))) throw new AppError('forbidden')
    if (member.disabledAt || member.user.disabledAt) throw new AppError('conflict')
    const { path, expiresAt } = await createLink(tx, {
      ...{ userId, purpose: 'reset', minutes: MINUTES, createdById: makerId },
    })
    await audit(tx, { teamId, actorId: makerId, act: 'member.reset_link_created', subject: userId })
    return { path, expiresAt: expiresAt.toISOString() }
  })
}
