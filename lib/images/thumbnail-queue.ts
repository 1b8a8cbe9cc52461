import 'server-only'
import { db } from '@/lib/platform/db'
import { PREPARED } from '@/lib/platform/prepared'
import type { OwnedBlob } from '@/lib/platform/storage'
import { Prisma } from '@/prisma/generated/client'

/** After the first try; after each further one twice as long. */
const FIRST_WAIT_S = 30
const LONGEST_WAIT_S = 10 * 60

/** An image without thumbnail, with the original that it is made of. */
export type MissingThumbnail = OwnedBlob & { id: string; generationId: string; blurReason: string | null }

/**
 * Takes images that have no thumbnail yet, newest first or the one that is named, for this process alone: nobody else
 * takes them before the time that a further try would have to wait, so a process that dies or fails leaves them to the
 * next.
 */
export async function claimThumbnails({
  limit,
  id,
}: {
  limit: number
  id?: string
}): Promise<MissingThumbnail[]> {
  const isNamed = id === undefined ? Prisma.sql`true` : Prisma.sql`id = ${id}::uuid`
  return db().$queryRaw<MissingThumbnail[]>`${PREPARED}
    UPDATE "Image" SET "thumbnailTries" = "thumbnailTries" + 1, "thumbnailDueAt" =
      now() + least(${FIRST_WAIT_S} * 2 ^ least("thumbnailTries", 10), ${LONGEST_WAIT_S}) * interval '1 second'
    FROM "Blob"
    WHERE "Blob".id = "blobId" AND "Image".id IN (
      SELECT id FROM "Image"
      WHERE placeholder IS NULL AND state = 'completed' AND "blobId" IS NOT NULL
        AND ("thumbnailDueAt" IS NULL OR "thumbnailDueAt" <= now()) AND ${isNamed}
      ORDER BY "createdAt" DESC, id DESC LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING "Image".id, "Image"."teamId", "generationId", "blurReason", sha256, "sizeBytes"`
}
