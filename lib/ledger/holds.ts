import 'server-only'
import type { StudioEvent } from '@/lib/platform/event'
import { announcing, payloadsOf } from '@/lib/platform/events'
import { PREPARED } from '@/lib/platform/prepared'
import { write, type SqlTx } from '@/lib/platform/sql-transaction'
import { Prisma } from '@/prisma/generated/client'

/**
 * SQL for what became of generations: what is to be counted for each of them (`images`, `credits`, `isEstimate`), as it
 * is known now. Charged is what upstream or a person said; the credits are what the balances fell by where that is this
 * generation's alone, else what was held. Where nobody knows whether a failure was charged, it counts: a budget is a cap.
 */
const outcomes = (isMeant: Prisma.Sql) => Prisma.sql`
  SELECT g.id, g."accountId", g."teamId", g."makerId", g.sample, h.counters, coalesce(h.images, 0) AS "heldImages",
    coalesce(h.credits, 0) AS "heldCredits", free."isFree",
    CASE WHEN free."isFree" THEN 0 WHEN g.status = 'succeeded' THEN came.images
      WHEN g."resolvedById" IS NOT NULL THEN g.sample ELSE 0 END AS images,
    CASE WHEN free."isFree" THEN 0 ELSE coalesce(proven.credits, h.credits, g.sample) END AS credits,
    NOT free."isFree" AND proven.credits IS NULL AS "isEstimate"
  FROM "Generation" g
  LEFT JOIN "LedgerEntry" h ON h."generationId" = g.id AND h.kind = 'hold'
  CROSS JOIN LATERAL (SELECT g.status = 'canceled' OR coalesce(g.charged = 'no', false) AS "isFree") free
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS images FROM "Image" i WHERE i."generationId" = g.id AND i.state = 'completed'
  ) came
  CROSS JOIN LATERAL (
    SELECT sum(f.credits) AS credits FROM "LedgerEntry" f WHERE f."generationId" = g.id AND f.kind = 'fall'
  ) proven
  WHERE ${isMeant}`

/** Mostly one, which is planned once: how many are in a list decides about a plan. */
const isOneOf = (ids: readonly string[]) =>
  ids.length === 1 ? Prisma.sql`g.id = ${ids[0]}::uuid` : Prisma.sql`g.id = ANY (${ids}::uuid[])`

/** SQL that locks the counters of `delta`, in the one order in which they are ever locked, and adds it to them. */
const addToCounters = Prisma.sql`
  locked AS (
    SELECT c.id, b.unit FROM "BudgetCounter" c JOIN "Budget" b ON b.id = c."budgetId"
    WHERE c.id IN (SELECT id FROM delta) ORDER BY c."budgetId", c.id FOR UPDATE OF c
  ), counted AS (
    UPDATE "BudgetCounter" c
    SET held = greatest(0, c.held - CASE l.unit WHEN 'images' THEN d."heldImages" WHEN 'credits' THEN d."heldCredits" ELSE 0 END),
      used = greatest(0, c.used + CASE l.unit WHEN 'images' THEN d.images WHEN 'credits' THEN d.credits ELSE 0 END)
    FROM locked l JOIN delta d ON d.id = l.id WHERE c.id = l.id
  )`

/**
 * Ends the holds of generations that have ended: settles what was or may have been charged, releases the rest, and moves
 * it in the budgets from held to used. A hold ends once, whoever asks how often. One statement, which also announces `events`.
 */
export async function endHolds(
  tx: SqlTx,
  ids: readonly string[],
  events: readonly StudioEvent[],
): Promise<void> {
  const statement = Prisma.sql`${PREPARED}
    WITH outcome AS (${outcomes(isOneOf(ids))}), ended AS (
      INSERT INTO "LedgerEntry"
        (kind, "accountId", "teamId", "makerId", "generationId", sample, images, credits, "isEstimate")
      SELECT CASE WHEN "isFree" THEN 'release' ELSE 'settle' END::"LedgerKind", "accountId", "teamId", "makerId", id, sample,
        images, credits, "isEstimate"
      FROM outcome ON CONFLICT ("generationId") WHERE kind IN ('settle', 'release') DO NOTHING
      RETURNING "generationId"
    ), delta AS (
      SELECT counter AS id, sum(o."heldImages") AS "heldImages", sum(o."heldCredits") AS "heldCredits",
        sum(o.images) AS images, sum(o.credits) AS credits
      FROM ended JOIN outcome o ON o.id = ended."generationId" CROSS JOIN LATERAL unnest(o.counters) counter GROUP BY counter
    ), ${addToCounters} ${announcing(payloadsOf(events))}`
  await write(tx, statement)
}

/** Writes down what became known of a generation after its hold had ended: the difference, or nothing where there is none. */
export async function correctEnd(tx: SqlTx, id: string): Promise<void> {
  const statement = Prisma.sql`
    WITH change AS (
      SELECT o.id, o."accountId", o."teamId", o."makerId", o.sample, o.counters, o."isEstimate",
        o.images - before.images AS images, o.credits - before.credits AS credits
      FROM (${outcomes(isOneOf([id]))}) o CROSS JOIN LATERAL (
        SELECT count(*) AS entries, sum(e.images)::int AS images, sum(e.credits) AS credits FROM "LedgerEntry" e
        WHERE e."generationId" = o.id AND e.kind IN ('settle', 'release', 'correction')
      ) before
      WHERE before.entries > 0 AND (o.images, o.credits) IS DISTINCT FROM (before.images, before.credits)
    ), corrected AS (
      INSERT INTO "LedgerEntry"
        (kind, "accountId", "teamId", "makerId", "generationId", sample, images, credits, "isEstimate")
      SELECT 'correction', "accountId", "teamId", "makerId", id, sample, images, credits, "isEstimate" FROM change
    ), delta AS (
      SELECT counter AS id, 0 AS "heldImages", 0 AS "heldCredits", images, credits
      FROM change CROSS JOIN LATERAL unnest(counters) counter
    ), ${addToCounters} SELECT 1`
  await write(tx, statement)
}
