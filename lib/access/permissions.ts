import type { Actor } from '@/lib/access/actor'
import { roleCan, rolesInReachOf, scopeOf, type Act, type Role } from '@/lib/access/roles'
import { AppError } from '@/lib/platform/errors'

/** Whether the actor may do the act: by role, and by the scopes of the key when a machine asks. */
export function can(actor: Pick<Actor, 'role' | 'scopes'>, act: Act): boolean {
  return roleCan(actor.role, act) && actor.scopes.includes(scopeOf(act))
}

/** Throws `forbidden` unless the actor may do the act. */
export function requirePermission(actor: Actor, act: Act): void {
  if (!can(actor, act)) throw new AppError('forbidden')
}

/** Whether the actor may change (cancel, settle, delete, restore, organise) what `makerId` made. */
export function canChange(actor: Pick<Actor, 'role' | 'scopes' | 'userId'>, makerId: string): boolean {
  return can(actor, makerId === actor.userId ? 'change_own' : 'change_all')
}

/** Throws `forbidden` unless the actor may change what `makerId` made. */
export function requireChange(actor: Actor, makerId: string): void {
  if (!canChange(actor, makerId)) throw new AppError('forbidden')
}

/**
 * Throws `forbidden` unless the actor may manage members and reaches all of `roles` with the role that they have; pass
 * `ownRole` where it was read again in the transaction.
 */
export function requireReach(actor: Actor, roles: readonly Role[], ownRole = actor.role): void {
  requirePermission(actor, 'manage_members')
  const reach = rolesInReachOf(ownRole)
  if (!roles.every((role) => reach.includes(role))) throw new AppError('forbidden')
}
