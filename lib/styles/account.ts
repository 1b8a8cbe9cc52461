import 'server-only'
import { AppError } from '@/lib/errors'
import { env } from '@/lib/env'
import type { Db, Tx } from '@/lib/db'

export type StyleAccount = { id: string; kind: 'sandbox' | 'flamel' }

/** The account that the team generates with now; its catalogue is the one people see. Null before the first one exists. */
export async function findStyleAccount(tx: Tx | Db, teamId: string): Promise<StyleAccount | null> {
  return tx.upstreamAccount.findFirst({
    where: { kind: env().FLAMEL_API_KEY ? 'flamel' : 'sandbox', OR: [{ teamId }, { teamId: null }] },
    orderBy: [{ teamId: { sort: 'asc', nulls: 'last' } }, { createdAt: 'desc' }],
    select: { id: true, kind: true },
  })
}

export async function getStyleAccount(tx: Tx | Db, teamId: string): Promise<StyleAccount> {
  const account = await findStyleAccount(tx, teamId)
  if (!account) throw new AppError('unavailable', { detail: 'No upstream account exists yet.' })
  return account
}
