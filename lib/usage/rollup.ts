import 'server-only'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'

/** One process at a time rolls up; the trigger on a team's time zone takes the same lock (see the migration). */
const LOCK = 7_310_551

/** SQL for the day of a moment, and for the moment at which a day begins, in the time zone of the Team `t`. */
export const dayOf = (at: Prisma.Sql) => Prisma.sql`(${at} AT TIME ZONE t."timeZone")::date`
export const beginOf = (day: Prisma.Sql) => Prisma.sql`((${day})::timestamp AT TIME ZONE t."timeZone")`

/**
 * SQL for what a team's generations used that were asked for on the days of the relation `due`, in the columns of UsageDay:
 * those that have ended, with what the ledger says of them by now.
 */
export const usageOf = (teamId: string, due: Prisma.Sql) => Prisma.sql`
  SELECT g."teamId", due.day, g."makerId", g."styleId",
    CASE WHEN g.principal LIKE 'key:%' THEN substr(g.principal, 5)::uuid END AS "apiKeyId", g."setId",
    (CASE g.status WHEN 'succeeded' THEN 'succeeded' WHEN 'canceled' THEN 'canceled'
      ELSE CASE g.charged WHEN 'no' THEN 'failed_free' ELSE 'failed_charged' END END)::"UsageOutcome" AS outcome,
    count(*)::int AS generations, sum(e.images)::int AS images, sum(e.credits) AS credits,
    sum(CASE WHEN e."isEstimate" THEN e.credits ELSE 0 END) AS estimated, sum(k.kept)::int AS kept
  FROM ${due} CROSS JOIN "Team" t
  JOIN "Generation" g ON g."teamId" = t.id
    AND g."createdAt" >= ${beginOf(Prisma.sql`due.day`)} AND g."createdAt" < ${beginOf(Prisma.sql`due.day + 1`)}
  CROSS JOIN LATERAL (
    SELECT sum(images) AS images, sum(credits) AS credits, (array_agg("isEstimate" ORDER BY id DESC))[1] AS "isEstimate"
    FROM "LedgerEntry" WHERE "generationId" = g.id AND kind IN ('settle', 'release', 'correction')
  ) e
  CROSS JOIN LATERAL (
    SELECT count(*) AS kept FROM "Image"
    WHERE "generationId" = g.id AND "favouriteAt" IS NOT NULL AND "deletedAt" IS NULL
  ) k
  WHERE t.id = ${teamId}::uuid AND e.images IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7`

/**
 * Rolls up the day of which a change is known for longest. Says whether there was one. Changes are taken away before the
 * ledger is read: what is committed in between is counted, and its change stays for the next time.
 */
export async function rollUpUsage(): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${LOCK}) AS "isMine"`
    if (!lock?.isMine) return false
    const [due] = await tx.$queryRaw<{ teamId: string; day: string }[]>`
      SELECT t.id::text AS "teamId", ${dayOf(Prisma.sql`c.at`)}::text AS day
      FROM "UsageChange" c JOIN "Team" t ON t.id = c."teamId" ORDER BY c.id LIMIT 1`
    if (!due) return false
    const { teamId } = due
    const day = Prisma.sql`${due.day}::date`
    await tx.$executeRaw`
      DELETE FROM "UsageChange" c USING "Team" t
      WHERE t.id = ${teamId}::uuid AND c."teamId" = t.id AND c.at >= ${beginOf(day)} AND c.at < ${beginOf(Prisma.sql`${day} + 1`)}`
    await tx.$executeRaw`DELETE FROM "UsageDay" WHERE "teamId" = ${teamId}::uuid AND day = ${day}`
    await tx.$executeRaw`
      INSERT INTO "UsageDay" ("teamId", day, "makerId", "styleId", "apiKeyId", "setId", outcome, generations, images, credits,
        estimated, kept)
      ${usageOf(teamId, Prisma.sql`(SELECT ${day} AS day) due`)}`
    return true
  })
}
