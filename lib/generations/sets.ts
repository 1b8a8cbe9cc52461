import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { readKeys } from '@/lib/generations/keys'
import { generationInclude, notInLists, toGeneration } from '@/lib/generations/present'
import type { Generation, SetProgress } from '@/lib/generations/schema'
import { CAME_TO_NOTHING } from '@/lib/generations/status'
import { OPEN } from '@/lib/platform/open-statuses'
import { OPEN_SQL } from '@/lib/generations/status-sql'
import { generationChanged } from '@/lib/generations/transition'
import { db, type Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { presentRows } from '@/lib/platform/present-rows'
import { createImageRequest, type CreateImageRequest } from '@/lib/upstream/schema'
import { accountIdFor } from '@/lib/upstream/server'

/** Images that stand for a set. */
const COVERS = 6

/** How far sets are, with their first images. What is not known is not in it. */
export async function readProgress(setIds: readonly string[]): Promise<Map<string, SetProgress>> {
  if (setIds.length === 0) return new Map()
  const rows = await db().$queryRaw<(SetProgress & { setId: string })[]>`
    WITH latest AS (
      SELECT DISTINCT ON ("setId", "setCell") "setId", "setCell", id, status FROM "Generation"
      WHERE "setId" = ANY (${setIds}::uuid[]) ORDER BY "setId", "setCell", "createdAt" DESC, id DESC)
    SELECT "setId", count(*)::int AS total,
      count(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
      count(*) FILTER (WHERE status = 'failed')::int AS failed,
      count(*) FILTER (WHERE status = 'canceled')::int AS canceled,
      count(*) FILTER (WHERE status = 'queued')::int AS queued,
      count(*) FILTER (WHERE status = 'unknown')::int AS unknown,
      count(*) FILTER (WHERE status IN ${OPEN_SQL})::int AS open,
      (SELECT coalesce(jsonb_agg(cover), '[]') FROM (
        SELECT i.id, i.ratio FROM latest own JOIN "Image" i ON i."generationId" = own.id
        WHERE own."setId" = latest."setId" AND i.position = 0 AND i.state = 'completed'
          AND i."deletedAt" IS NULL AND i."blurReason" IS NULL
        ORDER BY own."setCell" LIMIT ${COVERS}) cover) AS covers
    FROM latest GROUP BY "setId"`
  return new Map(rows.map(({ setId, ...progress }) => [setId, progress]))
}

/** The ids of the latest generation of each cell, in the order of the cells. */
async function latestOf(tx: Pick<Tx, '$queryRaw'>, setId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ON ("setCell") id FROM "Generation" WHERE "setId" = ${setId}::uuid
    ORDER BY "setCell", "createdAt" DESC, id DESC`
  return rows.map(({ id }) => id)
}

/** What became of each cell, in the order of the cells. */
export async function listCells({ teamId }: Actor, setId: string): Promise<Generation[]> {
  const accountId = await accountIdFor(teamId)
  const rows = await db().generation.findMany({
    where: { id: { in: await latestOf(db(), setId) } },
    include: generationInclude,
    omit: notInLists,
    orderBy: { setCell: 'asc' },
  })
  const keys = await readKeys(rows)
  return presentRows(rows, (row) => toGeneration(row, { accountId, keys }))
}

/** The requests of the cells of which nothing came. */
export async function failedCells(
  tx: Tx,
  setId: string,
): Promise<{ cell: number; request: CreateImageRequest }[]> {
  const rows = await tx.generation.findMany({
    where: { id: { in: await latestOf(tx, setId) }, status: { in: [...CAME_TO_NOTHING] } },
    select: { setCell: true, request: true },
    orderBy: { setCell: 'asc' },
  })
  return rows.map(({ setCell, request }) => ({
    cell: setCell ?? 0,
    request: createImageRequest.parse(request),
  }))
}

/**
 * Keeps what waits of a set in the queue, or lets it go on and wakes the dispatchers. What is under way ends as it would;
 * should it come back into the queue, it is held too.
 */
export async function holdCells(
  tx: Tx,
  { setId, teamId }: { setId: string; teamId: string },
  isHeld: boolean,
) {
  const changed = await tx.generation.updateManyAndReturn({
    where: { setId, status: { in: [...OPEN] } },
    data: { isHeld },
    select: { id: true, status: true },
  })
  await publish(
    tx,
    ...changed.map(({ id, status }) => generationChanged(teamId, id, isHeld ? undefined : status)),
  )
}
