import { can, scopeOf, type Act, type Role, type Scope } from '@/lib/access/roles'
import { AppError } from '@/lib/platform/errors'

/** Who acts, for which team, by which means. `principal` scopes idempotency: a person, or one API key. */
export type Actor = {
  userId: string
  teamId: string
  teamSlug: string
  role: Role
  scopes: readonly Scope[]
  principal: string
} & ({ via: 'session'; sessionId: string } | { via: 'api-key'; apiKeyId: string })

/** The key that a machine asks with; null for a person. What it makes is kept with it. */
export const keyOf = (actor: Actor): string | null => (actor.via === 'api-key' ? actor.apiKeyId : null)

/** Whether the actor may do the act: by role, and by the scopes of the key when a machine asks. */
export function may(actor: Pick<Actor, 'role' | 'scopes'>, act: Act): boolean {
  return can(actor.role, act) && actor.scopes.includes(scopeOf(act))
}

/** Throws `forbidden` unless the actor may do the act. */
export function demand(actor: Actor, act: Act): void {
  if (!may(actor, act)) throw new AppError('forbidden')
}

/** Whether the actor may change (cancel, settle, delete, restore, organise) what `makerId` made. */
export function mayChange(actor: Pick<Actor, 'role' | 'scopes' | 'userId'>, makerId: string): boolean {
  return may(actor, makerId === actor.userId ? 'change_own' : 'change_all')
}

/** Throws `forbidden` unless the actor may change what `makerId` made. */
export function demandChange(actor: Actor, makerId: string): void {
  if (!mayChange(actor, makerId)) throw new AppError('forbidden')
}
