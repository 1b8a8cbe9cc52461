import type { Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'

/** Whether the actor may change and revoke a link of that maker. */
export const canManage = (actor: Actor, makerId: string): boolean =>
  can(actor, 'link_all') || (can(actor, 'link_own') && makerId === actor.userId)
