import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { seesAll } from '@/lib/access/visibility'
import { conditions, hasText, isHidden, isTextual, ofTeam, type Narrowed } from '@/lib/images/find'
import type { ImageCounts, ImageFilters } from '@/lib/images/schema'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { Prisma } from '@/prisma/generated/client'

type Month = ImageCounts['months'][number]

/** How many of the team's images match, in all and by month of the team's time zone. */
export async function countImages(
  actor: Actor,
  { until: _until, ...filters }: ImageFilters,
): Promise<ImageCounts> {
  const narrowed = { actor, filters }
  const months = await db().$queryRaw<Month[]>(isTextual(narrowed) ? byHits(narrowed) : byMonths(narrowed))
  return { total: months.reduce((sum, { count }) => sum + count, 0), months }
}

/**
 * A stretch of the gallery's index for each month: ten times as quick as asking every row for its month. What others
 * keep private is taken off by an index of its own, as the gallery's does not know it.
 */
function byMonths(narrowed: Narrowed): Prisma.Sql {
  const { actor } = narrowed
  const zone = env().STUDIO_TIME_ZONE
  const where = Prisma.join(ofTeam(narrowed), ' AND ')
  const ofMonth = Prisma.sql`FROM "Image" i WHERE ${where}
      AND i."createdAt" >= month AT TIME ZONE ${zone}
      AND i."createdAt" < (month + interval '1 month') AT TIME ZONE ${zone}`
  const hidden = Prisma.sql`(SELECT count(*)::int ${ofMonth} AND ${isHidden(actor)})`
  return Prisma.sql`
    WITH ends AS (SELECT date_trunc('month', min(i."createdAt") AT TIME ZONE ${zone}) AS first,
        date_trunc('month', max(i."createdAt") AT TIME ZONE ${zone}) AS last FROM "Image" i WHERE ${where})
    SELECT to_char(month, 'YYYY-MM') AS month, found.count
    FROM ends CROSS JOIN generate_series(ends.last, ends.first, interval '-1 month') AS month
    CROSS JOIN LATERAL (SELECT count(*)::int ${seesAll(actor) ? Prisma.empty : Prisma.sql`- ${hidden}`} AS count ${ofMonth}) AS found
    WHERE found.count > 0`
}

function byHits(narrowed: Narrowed): Prisma.Sql {
  const zone = env().STUDIO_TIME_ZONE
  return Prisma.sql`
    WITH found AS (SELECT date_trunc('month', i."createdAt" AT TIME ZONE ${zone}) AS month, count(*)::int AS count
      FROM "Image" i JOIN "Generation" g ON g.id = i."generationId"
      WHERE ${conditions(narrowed)} AND g."teamId" = ${narrowed.actor.teamId}::uuid AND ${hasText(narrowed.filters.q)} GROUP BY 1)
    SELECT to_char(month, 'YYYY-MM') AS month, count FROM found ORDER BY found.month DESC`
}
