import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { seesAll } from '@/lib/access/visibility'
import type { ImageFilters } from '@/lib/images/schema'
import { decodeCursor, type Place } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { searchPatterns } from '@/lib/text/search'
import { Prisma } from '@/prisma/generated/client'

/** How many of the newest images are looked through before the text index is asked. */
const NEWEST = 8_000

const { sql, join, empty } = Prisma
type Sql = Prisma.Sql

export type Narrowed = { actor: Actor; filters: ImageFilters }
type Search = Narrowed & {
  limit: number
  /** Only what comes after this place. */
  after?: Place
  /** `older` walks from new to old. */
  towards?: 'older' | 'newer'
}

/**
 * The places of a team's images that match, in the order walked. A text is first looked for in the newest images,
 * which fills a page at once for common words; only else the trigram index is asked, whose cost depends on the word.
 */
export async function findPlaces(search: Search): Promise<Place[]> {
  if (!isTextual(search)) return db().$queryRaw<Place[]>(plain(search))
  const near = await db().$queryRaw<Place[]>(amongNewest(search))
  return near.length >= search.limit ? near : db().$queryRaw<Place[]>(byIndex(search))
}

export const isTextual = ({ filters }: Narrowed): boolean => searchPatterns(filters.q ?? '').length > 0

function plain(search: Search): Sql {
  return sql`SELECT i.id, i."createdAt" FROM "Image" i WHERE ${conditions(search)}${beyond(search)} ${order(search)} LIMIT ${search.limit}`
}

function amongNewest(search: Search): Sql {
  return sql`WITH i AS MATERIALIZED (
      SELECT i.id, i."createdAt", i."generationId" FROM "Image" i
      WHERE ${conditions(search)}${beyond(search)} ${order(search)} LIMIT ${NEWEST})
    SELECT i.id, i."createdAt" FROM i JOIN "Generation" g ON g.id = i."generationId"
    WHERE ${hasText(search.filters.q)} ${order(search)} LIMIT ${search.limit}`
}

function byIndex(search: Search): Sql {
  return sql`WITH hit AS MATERIALIZED (
      SELECT g.id FROM "Generation" g WHERE g."teamId" = ${search.actor.teamId}::uuid AND ${hasText(search.filters.q)})
    SELECT i.id, i."createdAt" FROM "Image" i JOIN hit ON hit.id = i."generationId"
    WHERE ${conditions(search)}${beyond(search)} ${order(search)} LIMIT ${search.limit}`
}

/** Every word of the text stands somewhere in the prompt of the row `g` of "Generation" (lib/text/search). */
export function hasText(q = ''): Sql {
  const words = searchPatterns(q).map((patterns) => {
    const any = patterns.map((pattern) => sql`g.search LIKE ${pattern} ESCAPE '\\'`)
    return sql`(${join(any, ' OR ')})`
  })
  return words.length > 0 ? join(words, ' AND ') : sql`true`
}

function order({ towards = 'older' }: Search): Sql {
  return towards === 'older'
    ? sql`ORDER BY i."createdAt" DESC, i.id DESC`
    : sql`ORDER BY i."createdAt" ASC, i.id ASC`
}

/** What the rows `i` of "Image" must hold; the text excepted, which is in "Generation". */
export function conditions({ actor, filters }: Narrowed): Sql {
  return join(
    [...ofTeam({ actor, filters }), ...(seesAll(actor) ? [] : [sql`NOT ${isHidden(actor)}`])],
    ' AND ',
  )
}

/** What the actor does not see: another's private image. */
export const isHidden = ({ userId }: Actor): Sql => sql`(i."isPrivate" AND i."makerId" <> ${userId}::uuid)`

/** The same whoever asks. */
export function ofTeam({ actor: { teamId }, filters }: Narrowed): Sql[] {
  const { ratio, styleId, makerId, favourite, until, generationId, groupId } = filters
  const all = [
    sql`i."teamId" = ${teamId}::uuid AND i."deletedAt" IS NULL AND i.state = 'completed'`,
    ratio ? sql`i.ratio = ${ratio}` : empty,
    styleId ? sql`i."styleId" = ${styleId}` : empty,
    makerId ? sql`i."makerId" = ${makerId}::uuid` : empty,
    favourite ? sql`i."favouriteAt" IS NOT NULL` : empty,
    generationId ? sql`i."generationId" = ${generationId}::uuid` : empty,
    groupId
      ? sql`i."generationId" IN (SELECT id FROM "Generation" WHERE "teamId" = ${teamId}::uuid AND "groupId" = ${groupId})`
      : empty,
    until
      ? sql`i."createdAt" < (${`${until}-01`}::timestamp + interval '1 month') AT TIME ZONE ${env().STUDIO_TIME_ZONE}`
      : empty,
  ]
  return all.filter((part) => part !== empty)
}

function beyond({ after, towards = 'older' }: Search): Sql {
  if (!after) return empty
  return towards === 'older'
    ? sql` AND (i."createdAt", i.id) < (${after.createdAt}, ${after.id}::uuid)`
    : sql` AND (i."createdAt", i.id) > (${after.createdAt}, ${after.id}::uuid)`
}

/** The place that a cursor names, if there is one. */
export const placeOf = (cursor: string | undefined): Place | undefined =>
  cursor === undefined ? undefined : decodeCursor(cursor)
