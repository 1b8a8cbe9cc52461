import type { Actor } from '@/lib/auth/actor'
import { can, scopeOf, type Act } from '@/lib/teams/roles'

/** Whether the actor may do it now: their role allows it, and so does the key they came with. */
export const may = (actor: Actor, act: Act): boolean =>
  can(actor.role, act) && actor.scopes.includes(scopeOf(act))

export const mayManage = (actor: Actor, makerId: string): boolean =>
  may(actor, 'link_all') || (may(actor, 'link_own') && makerId === actor.userId)
