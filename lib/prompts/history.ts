import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { hasText } from '@/lib/images/find'
import { decodeCursor, page } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import type { PromptHistoryPage, PromptHistoryQuery } from '@/lib/prompts/schema'
import { Prisma } from '@/prisma/generated/client'

const { sql, empty } = Prisma

type Row = { id: string; prompt: string; createdAt: Date; imageId: string | null }

/**
 * The prompts that the actor sent in this team, newest first, each once, where it was used last. What a machine sent with
 * a key of the person's is not among them.
 */
export async function listPromptHistory(
  actor: Actor,
  { q, cursor, limit }: PromptHistoryQuery,
): Promise<PromptHistoryPage> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT g.id, g.prompt, g."createdAt", (
      SELECT i.id FROM "Image" i JOIN "Generation" same ON same.id = i."generationId"
      WHERE same."teamId" = g."teamId" AND same.principal = g.principal AND md5(same.prompt) = md5(g.prompt)
        AND i.state = 'completed' AND i."deletedAt" IS NULL
      ORDER BY same."createdAt" DESC, same.id DESC, i.position LIMIT 1) AS "imageId"
    FROM "Generation" g
    WHERE g."teamId" = ${actor.teamId}::uuid AND g."makerId" = ${actor.userId}::uuid AND g.principal = ${actor.userId}
      AND ${hasText(q)} ${beyond(cursor)}
      AND NOT EXISTS (
        SELECT 1 FROM "Generation" later
        WHERE later."teamId" = g."teamId" AND later.principal = g.principal AND md5(later.prompt) = md5(g.prompt)
          AND (later."createdAt", later.id) > (g."createdAt", g.id))
    ORDER BY g."createdAt" DESC, g.id DESC LIMIT ${limit + 1}`
  return page(rows, limit, ({ id, prompt, createdAt, imageId }) => ({
    ...{ id, prompt },
    usedAt: createdAt.toISOString(),
    thumb: imageId && `/i/${imageId}/thumb`,
  }))
}

function beyond(cursor: string | undefined): Prisma.Sql {
  if (cursor === undefined) return empty
  const place = decodeCursor(cursor)
  return sql`AND (g."createdAt", g.id) < (${place.createdAt}, ${place.id}::uuid)`
}
