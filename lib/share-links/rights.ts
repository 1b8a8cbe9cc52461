import { may, type Actor } from '@/lib/access/actor'

/** Whether the actor may change and revoke a link of that maker. */
export const mayManage = (actor: Actor, makerId: string): boolean =>
  may(actor, 'link_all') || (may(actor, 'link_own') && makerId === actor.userId)
