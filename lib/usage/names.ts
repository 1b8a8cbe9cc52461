import 'server-only'
import { db } from '@/lib/platform/db'
import type { UsageBy } from '@/lib/usage/dimensions'
import type { UsageItem } from '@/lib/usage/schema'

type Names = Pick<UsageItem, 'name' | 'nameKo'>
type Found = { key: string; name: string; nameKo?: string }

const readers: Partial<Record<UsageBy, (teamId: string, ids: string[]) => Promise<Found[]>>> = {
  member: async (_, ids) => {
    const rows = await db().user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    return rows.map(({ id, name }) => ({ key: id, name }))
  },
  'api-key': async (teamId, ids) => {
    const where = { teamId, id: { in: ids } }
    const rows = await db().apiKey.findMany({ where, select: { id: true, name: true } })
    return rows.map(({ id, name }) => ({ key: id, name }))
  },
  set: async (teamId, ids) => {
    const where = { teamId, id: { in: ids } }
    const rows = await db().campaignSet.findMany({ where, select: { id: true, name: true } })
    return rows.map(({ id, name }) => ({ key: id, name }))
  },
  style: async (teamId, ids) => {
    const where = { teamId, styleId: { in: ids.map(BigInt) } }
    const rows = await db().style.findMany({ where, select: { styleId: true, nameKo: true, nameEn: true } })
    return rows.map(({ styleId, nameKo, nameEn }) => ({
      ...{ key: String(styleId), name: nameEn || nameKo, nameKo: nameKo || nameEn },
    }))
  },
}

/** What the keys of a dimension are called; null where they have no name, or what bore it is gone. */
export async function keyNames(teamId: string, by: UsageBy, keys: string[]): Promise<(key: string) => Names> {
  const ids = keys.filter(Boolean)
  const found = ids.length > 0 ? await readers[by]?.(teamId, ids) : undefined
  const byKey = new Map(found?.map(({ key, name, nameKo = null }) => [key, { name: name || null, nameKo }]))
  return (key) => byKey.get(key) ?? { name: null, nameKo: null }
}
