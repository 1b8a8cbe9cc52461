import 'server-only'
import type { ReceivedImage } from '@/lib/generations/pipeline/receive'
import { blobRows, type Stored } from '@/lib/images/blob-rows'
import { imageIds } from '@/lib/images/ids'
import type { StudioEvent } from '@/lib/platform/event'
import type { SqlTx } from '@/lib/platform/sql-transaction'
import { IMAGES_MAX } from '@/lib/upstream/answer'
import { Prisma, type Generation } from '@/prisma/generated/client'

/**
 * SQL of the rows of an answer's images: common table expressions that read their Generation as `moved`; `added` are the
 * new images. What was salvaged before stays as it is, and one whose upstream id another image has is left out.
 */
export function imageRows(images: ReceivedImage[], taken = doubleIds(images)): Prisma.Sql {
  if (images.length === 0) return Prisma.sql`added AS (SELECT WHERE false)`
  const ids = imageIds(IMAGES_MAX)
  const rows = images.map(({ position, upstreamId, state, error, blurReason, size, stored }) => {
    const id = upstreamId !== null && taken.has(upstreamId) ? null : upstreamId
    return Prisma.sql`(${ids[position]}::uuid, ${position}::int, ${id}::bigint, ${state}::"ImageState", ${error}::text,
      ${blurReason}::text, ${size.width}::int, ${size.height}::int, ${stored?.sha256 ?? null}::text)`
  })
  return Prisma.sql`blob AS (${blobRows(Prisma.sql`(SELECT "teamId" FROM moved)`, images)}), added AS (
    INSERT INTO "Image" (id, "generationId", "teamId", "accountId", "makerId", ratio, "styleId", "createdAt", position,
      "upstreamId", state, error, "blurReason", width, height, "blobId")
    SELECT i.id, g.id, g."teamId", g."accountId", g."makerId", g.ratio, g."styleId", ${new Date()}::timestamptz, i.position,
      i."upstreamId", i.state, i.error, i."blurReason", i.width, i.height, blob.id
    FROM moved g CROSS JOIN (VALUES ${Prisma.join(rows)})
      AS i (id, position, "upstreamId", state, error, "blurReason", width, height, sha256)
    LEFT JOIN blob ON blob.sha256 = i.sha256
    ON CONFLICT DO NOTHING RETURNING id)`
}

/** Keeps a row for stored bytes; the ids of the team's rows by SHA-256. */
export async function keepBlobs(tx: SqlTx, teamId: string, images: Stored[]): Promise<Map<string, string>> {
  const team = Prisma.sql`(SELECT ${teamId}::uuid AS "teamId")`
  const rows = await tx.$queryRaw<{ id: string; sha256: string }[]>(blobRows(team, images))
  return new Map(rows.map(({ id, sha256 }) => [sha256, id]))
}

/**
 * Adds what of an answer's images is not there yet (`added` of them are): one that was read before and failed then gets
 * the image that is read now, and an upstream id that another image has is left out, never the image. Returns what is to
 * be announced.
 */
export async function addImages(
  tx: SqlTx,
  generation: Generation,
  images: ReceivedImage[],
  added = 0,
): Promise<StudioEvent> {
  if (added < images.length) {
    const rows = imageRows(images, await takenIds(tx, generation, images))
    await tx.$executeRaw`
      WITH moved AS (SELECT * FROM "Generation" WHERE id = ${generation.id}::uuid), ${rows} SELECT 1`
    await replaceFailed(tx, generation, images)
  }
  return { team: generation.teamId, kind: 'image', id: generation.id }
}

async function replaceFailed(tx: SqlTx, generation: Generation, images: ReceivedImage[]): Promise<void> {
  const blobs = await keepBlobs(tx, generation.teamId, images)
  for (const { position, state, error, blurReason, size, stored } of images) {
    const blobId = stored && blobs.get(stored.sha256)
    if (!blobId) continue
    await tx.$executeRaw`
      UPDATE "Image" SET state = ${state}::"ImageState", error = ${error}, "blurReason" = ${blurReason},
        width = ${size.width}, height = ${size.height}, "blobId" = ${blobId}::uuid
      WHERE "generationId" = ${generation.id}::uuid AND position = ${position} AND state = 'failed' AND "blobId" IS NULL`
  }
}

/** The upstream ids that images of the account have already, and those that the answer itself gives twice. */
async function takenIds(tx: SqlTx, { accountId }: Generation, images: ReceivedImage[]): Promise<Set<bigint>> {
  const rows = await tx.$queryRaw<{ upstreamId: bigint }[]>`
    SELECT "upstreamId" FROM "Image"
    WHERE "accountId" = ${accountId}::uuid AND "upstreamId" = ANY (${idsOf(images)}::bigint[])`
  return new Set([...doubleIds(images), ...rows.map(({ upstreamId }) => upstreamId)])
}

function doubleIds(images: ReceivedImage[]): Set<bigint> {
  const ids = idsOf(images)
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
}

const idsOf = (images: ReceivedImage[]) => images.flatMap(({ upstreamId }) => upstreamId ?? [])
