import type { Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'

/** Whether the actor sees what others of the team keep private. */
export const seesAll = (actor: Pick<Actor, 'role' | 'scopes'>): boolean => can(actor, 'see_private')

/** Whether the actor sees something that is `isPrivate` and was made by `makerId`. */
export const canSee = (
  actor: Pick<Actor, 'role' | 'scopes' | 'userId'>,
  { isPrivate, makerId }: { isPrivate: boolean; makerId: string },
): boolean => !isPrivate || makerId === actor.userId || seesAll(actor)

/**
 * Whether the actor may start from what upstream knows by one name: it is nobody's here, or some row of it is of the
 * actor's team and not kept private by another.
 */
export function canUse(
  actor: Pick<Actor, 'role' | 'scopes' | 'userId' | 'teamId'>,
  owners: readonly { teamId: string; makerId: string; isPrivate?: boolean }[],
): boolean {
  const isOurs = ({ teamId, makerId, isPrivate = false }: (typeof owners)[number]) =>
    teamId === actor.teamId && canSee(actor, { makerId, isPrivate })
  return owners.length === 0 || owners.some(isOurs)
}

/** Of the team's rows those that the actor sees: what is private only its maker and admins. Goes beside other conditions in `AND`. */
export function visibleTo(actor: Pick<Actor, 'role' | 'scopes' | 'userId'>) {
  return seesAll(actor) ? {} : { OR: [{ isPrivate: false }, { makerId: actor.userId }] }
}
