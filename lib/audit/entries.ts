import 'server-only'
import type { AuditFilters } from '@/lib/audit/schema'
import { decodeCursor } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { Prisma } from '@/prisma/generated/client'

const { sql, empty } = Prisma

export type EntryRow = {
  id: string
  createdAt: Date
  act: string
  actorId: string | null
  apiKeyId: string | null
  subject: string
  detail: unknown
}

export type Asked = AuditFilters & { cursor?: string; take: number }

/** What a team's log has, newest first. Each filter has an index that gives its rows in this order. */
export async function readEntries(teamId: string, { personId, ...asked }: Asked): Promise<EntryRow[]> {
  const within = conditions(sql`e."teamId" = ${teamId}::uuid`, asked)
  if (personId === undefined) return db().$queryRaw<EntryRow[]>(newest(within, asked.take))
  const did = newest(sql`${within} AND e."actorId" = ${personId}::uuid`, asked.take)
  const underwent = newest(sql`${within} AND e.subject = ${personId}`, asked.take)
  return db().$queryRaw<EntryRow[]>(
    sql`SELECT * FROM ((${did}) UNION (${underwent})) AS e ORDER BY e."createdAt" DESC, e.id DESC LIMIT ${asked.take}`,
  )
}

/**
 * What a person did, in every team and by themselves, newest first. What they did to their own account stands in each
 * of their teams' logs as well: here it counts once.
 */
export async function readOwnEntries(personId: string, asked: Omit<Asked, 'personId'>): Promise<EntryRow[]> {
  const own = sql`(e."teamId" IS NULL OR split_part(e.act, '.', 1) <> 'person')`
  const did = newest(conditions(sql`e."actorId" = ${personId}::uuid AND ${own}`, asked), asked.take)
  const underwent = newest(conditions(sql`e.subject = ${personId} AND e."teamId" IS NULL`, asked), asked.take)
  return db().$queryRaw<EntryRow[]>(
    sql`SELECT * FROM ((${did}) UNION (${underwent})) AS e ORDER BY e."createdAt" DESC, e.id DESC LIMIT ${asked.take}`,
  )
}

function newest(where: Prisma.Sql, take: number): Prisma.Sql {
  return sql`SELECT e.id::text, e."createdAt", e.act, e."actorId"::text, e."apiKeyId"::text, e.subject, e.detail
    FROM "AuditEntry" e WHERE ${where} ORDER BY e."createdAt" DESC, e.id DESC LIMIT ${take}`
}

/** Days are those of the studio's time zone, in which the log is shown. */
function conditions(
  scope: Prisma.Sql,
  { kind, from, to, cursor }: Omit<Asked, 'personId' | 'take'>,
): Prisma.Sql {
  const zone = env().STUDIO_TIME_ZONE
  const place = cursor === undefined ? null : decodeCursor(cursor)
  return sql`${scope}
    ${kind ? sql`AND split_part(e.act, '.', 1) = ${kind}` : empty}
    ${from ? sql`AND e."createdAt" >= (${from}::date::timestamp AT TIME ZONE ${zone})` : empty}
    ${to ? sql`AND e."createdAt" < ((${to}::date + 1)::timestamp AT TIME ZONE ${zone})` : empty}
    ${place ? sql`AND (e."createdAt", e.id) < (${place.createdAt}, ${place.id}::uuid)` : empty}`
}
