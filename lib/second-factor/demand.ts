import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { hasOne, hasSecondFactor } from '@/lib/access/second-factor'
import { audit } from '@/lib/audit/server'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'

/** Whether the team demands a second factor of its members, and how many of them have none yet. */
export async function getDemand({ teamId }: Actor): Promise<{ isDemanded: boolean; without: number }> {
  const where = { teamId, disabledAt: null, user: { disabledAt: null } }
  const [team, all, having] = await Promise.all([
    db().team.findUniqueOrThrow({ where: { id: teamId }, select: { demandsSecondFactor: true } }),
    db().membership.count({ where }),
    db().membership.count({ where: { ...where, user: { disabledAt: null, ...hasOne } } }),
  ])
  return { isDemanded: team.demandsSecondFactor, without: all - having }
}

/**
 * Demands a second factor of every member from their next request on, or no longer. Throws `conflict` for an owner who
 * has none themselves: they would shut themselves out with everybody else. Throws `forbidden` to programs.
 */
export async function setDemand(actor: Actor, isDemanded: boolean): Promise<void> {
  requirePermission(actor, 'change_team')
  if (actor.via === 'api-key') throw new AppError('forbidden')
  if (isDemanded && !(await hasSecondFactor(actor.userId)))
    throw new AppError('conflict', { detail: 'Set up your own second factor first.' })
  const { teamId, userId } = actor
  await db().$transaction(async (tx) => {
    const { count } = await tx.team.updateMany({
      where: { id: teamId, demandsSecondFactor: !isDemanded },
      data: { demandsSecondFactor: isDemanded },
    })
    if (count === 0) return
    const act = isDemanded ? 'team.second_factor_demanded' : 'team.second_factor_not_demanded'
    await audit(tx, { teamId, actorId: userId, act, subject: teamId })
    await publish(tx, { team: teamId, kind: 'team', id: teamId })
  })
}
