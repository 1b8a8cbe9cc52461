import 'server-only'
import { signInProviders } from '@/lib/account/providers'
import { db, type Tx } from '@/lib/platform/db'

/**
 * Whether a person may sign in by single sign-on only: the member of a team that requires it, unless they own a team,
 * as an owner always keeps a way in. Without any provider there is no other way, so nobody must.
 */
export async function mustUseSingleSignOn(userId: string, tx: Tx = db()): Promise<boolean> {
  if (signInProviders().length === 0) return false
  const memberships = await tx.membership.findMany({
    where: { userId, disabledAt: null, team: { deletedAt: null } },
    select: { role: true, team: { select: { requiresSingleSignOn: true } } },
  })
  const ownsOne = memberships.some(({ role }) => role === 'owner')
  return !ownsOne && memberships.some(({ team }) => team.requiresSingleSignOn)
}
