import type { Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'

const ACTS = [
  'generate',
  'change_own',
  'change_all',
  'link_own',
  'link_all',
  'edit_styles',
  'manage_budgets',
  'see_system',
  'change_upstream',
] as const

/** Who looks at what was made, and what of this they may do; small enough to hand to a page. */
export function viewerOf(actor: Pick<Actor, 'userId' | 'role' | 'scopes'>) {
  return { id: actor.userId, acts: ACTS.filter((act) => can(actor, act)) }
}
