import 'server-only'
import { db } from '@/lib/platform/db'

/** Name and prefix of the API keys that asked, by principal. */
export type Keys = Map<string, { name: string; prefix: string }>

const PRINCIPAL = /^key:([0-9a-f-]{36})$/

/** The keys that asked for these generations. A revoked key keeps its row; where no machine asked, nothing is read. */
export async function readKeys(rows: readonly { principal: string }[]): Promise<Keys> {
  const ids = new Set(rows.flatMap(({ principal }) => PRINCIPAL.exec(principal)?.[1] ?? []))
  if (ids.size === 0) return new Map()
  const select = { id: true, name: true, prefix: true } as const
  const keys = await db().apiKey.findMany({ where: { id: { in: [...ids] } }, select })
  return new Map(keys.map(({ id, ...key }) => [`key:${id}`, key]))
}
