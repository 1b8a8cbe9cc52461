import 'server-only'
import { db, type Tx } from '@/lib/platform/db'
import { seal, unseal } from '@/lib/platform/secret'

/** The scope of the key that the server's teams share; every other scope is a team's id. */
export const SERVER = 'server'
const LAST = 4

/** What may be shown of a stored key: never the key. */
export type StoredKey = { lastFour: string; addedAt: Date; addedBy: string; isReadable: boolean }

/** A key that opens for another scope would let a row be moved in the database from one team to another. */
const purpose = (scope: string) => `flamel-key:${scope}`

/** The key, or null where the studio's secret is another than the one that it was encrypted with. */
export function openKey(scope: string, sealed: Uint8Array): string | null {
  return unseal(purpose(scope), sealed)
}

/** Stores a key in the place of the one before. */
export async function storeKey(
  tx: Tx,
  { scope, ...key }: { scope: string; apiKey: string; accountId: string; addedById: string },
): Promise<void> {
  const { apiKey, accountId, addedById } = key
  const sealed = seal(purpose(scope), apiKey)
  const data = { accountId, addedById, sealed, lastFour: lastFourOf(apiKey), addedAt: new Date() }
  await tx.upstreamKey.upsert({ where: { scope }, create: { scope, ...data }, update: data })
}

/** Forgets a key for good; its last four characters, or null when there was none. */
export async function forgetKey(tx: Tx, scope: string): Promise<string | null> {
  const where = { scope }
  const row = await tx.upstreamKey.findUnique({ where, select: { lastFour: true } })
  await tx.upstreamKey.deleteMany({ where })
  return row?.lastFour ?? null
}

/** What the settings show of the stored keys of these scopes. */
export async function describeKeys(scopes: string[]): Promise<Map<string, StoredKey>> {
  const rows = await db().upstreamKey.findMany({
    where: { scope: { in: scopes } },
    select: {
      scope: true,
      sealed: true,
      lastFour: true,
      addedAt: true,
      addedBy: { select: { name: true } },
    },
  })
  return new Map(
    rows.map(({ scope, sealed, lastFour, addedAt, addedBy }) => [
      scope,
      { lastFour, addedAt, addedBy: addedBy.name, isReadable: openKey(scope, sealed) !== null },
    ]),
  )
}

/** So much of a key tells two apart; of a short one nothing is shown. */
export function lastFourOf(apiKey: string): string {
  return apiKey.length >= 3 * LAST ? apiKey.slice(-LAST) : '••••'
}
