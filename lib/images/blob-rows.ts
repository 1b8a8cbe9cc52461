import 'server-only'
import { newId } from '@/lib/platform/ids'
import type { StoredBlob } from '@/lib/platform/storage'
import { Prisma } from '@/prisma/generated/client'

/** What may have bytes in the store. */
export type Stored = { stored?: StoredBlob & { mimeType: string } }

/**
 * SQL that keeps a row for stored bytes, by SHA-256, and returns `id` and `sha256` of each; bytes that the teams of
 * `teams` have already share one row. That is locked, in one order, so that nobody purges it before somebody owns it.
 */
export function blobRows(teams: Prisma.Sql, images: Stored[]): Prisma.Sql {
  const stored = new Map(
    images.flatMap((image) => (image.stored ? [[image.stored.sha256, image.stored]] : [])),
  )
  if (stored.size === 0) return Prisma.sql`SELECT NULL::uuid AS id, NULL::text AS sha256 WHERE false`
  const rows = [...stored.values()].map(
    ({ sha256, sizeBytes, mimeType }) =>
      Prisma.sql`(${newId()}::uuid, ${sha256}::text, ${sizeBytes}::int, ${mimeType}::text)`,
  )
  return Prisma.sql`
    INSERT INTO "Blob" (id, "teamId", sha256, "sizeBytes", "mimeType", "createdAt")
    SELECT b.id, t."teamId", b.sha256, b."sizeBytes", b."mimeType", ${new Date()}::timestamptz
    FROM ${teams} t CROSS JOIN (VALUES ${Prisma.join(rows)}) AS b (id, sha256, "sizeBytes", "mimeType")
    ORDER BY b.sha256
    ON CONFLICT ("teamId", sha256) DO UPDATE SET "sizeBytes" = excluded."sizeBytes" RETURNING id, sha256`
}
