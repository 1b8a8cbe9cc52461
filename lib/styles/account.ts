import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { connectionFor } from '@/lib/upstream/server'

export type StyleAccount = { id: string; kind: 'sandbox' | 'flamel' }

/** The account that the team generates with now; its catalogue is the one people see. */
export async function styleAccount({ teamId }: Actor): Promise<StyleAccount> {
  const { accountId, kind } = await connectionFor(teamId)
  return { id: accountId, kind }
}
