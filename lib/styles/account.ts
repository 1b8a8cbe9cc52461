import 'server-only'
import { currentAccountId, upstream } from '@/lib/upstream/server'

export type StyleAccount = { id: string; kind: 'sandbox' | 'flamel' }

/** The account that is generated with now; its catalogue is the one people see. */
export async function styleAccount(): Promise<StyleAccount> {
  return { id: await currentAccountId(), kind: upstream().kind }
}
