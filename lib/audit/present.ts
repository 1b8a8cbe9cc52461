import 'server-only'
import { z } from 'zod'
import type { EntryRow } from '@/lib/audit/entries'
import type { AuditItem } from '@/lib/audit/schema'
import { db } from '@/lib/platform/db'

const details = z.record(z.string(), z.unknown()).catch({})
const uuid = z.uuid()

/** How to show these entries: with the names that people have now, and the keys that were used. */
export async function presenter(rows: readonly EntryRow[]): Promise<(row: EntryRow) => AuditItem> {
  const [names, keys] = await Promise.all([
    namesOf(rows.flatMap(({ actorId, subject }) => [actorId, subject])),
    keysOf(rows.map(({ apiKeyId }) => apiKeyId)),
  ])
  return ({ id, createdAt, act, actorId, apiKeyId, subject, detail }) => ({
    id,
    createdAt: createdAt.toISOString(),
    act,
    actor: actorId === null ? null : { id: actorId, name: names.get(actorId) ?? '' },
    apiKey: apiKeyId === null ? null : (keys.get(apiKeyId) ?? null),
    subject: { id: subject, name: names.get(subject) ?? null },
    detail: details.parse(detail),
  })
}

async function namesOf(ids: (string | null)[]): Promise<Map<string, string>> {
  const users = await db().user.findMany({
    where: { id: { in: known(ids) } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}

/** A revoked key keeps its row. */
async function keysOf(ids: (string | null)[]): Promise<Map<string, { name: string; prefix: string }>> {
  const asked = known(ids)
  if (asked.length === 0) return new Map()
  const select = { id: true, name: true, prefix: true } as const
  const keys = await db().apiKey.findMany({ where: { id: { in: asked } }, select })
  return new Map(keys.map(({ id, ...key }) => [id, key]))
}

const known = (ids: (string | null)[]) => [...new Set(ids)].flatMap((id) => uuid.safeParse(id).data ?? [])
