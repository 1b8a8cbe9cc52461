import 'server-only'
import { rename, rm, stat } from 'node:fs/promises'
import { db } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { announceImages } from '@/lib/images/announce'
import { trashHorizon } from '@/lib/images/trash'
import { blobPath } from '@/lib/storage'

const BATCH = 200
const DAY_MS = 86_400_000

/** Lets go of what lay in the trash for 30 days, then deletes bytes that nobody has owned for a day. Rows stay. */
export async function purgeBytes(now = Date.now()): Promise<{ images: number; blobs: number }> {
  let images = 0
  for (let count = BATCH; count === BATCH; images += count) count = await releaseTrash(now)
  let blobs = 0
  for (const blob of await unowned(now)) if (await purgeBlob(blob, now)) blobs += 1
  return { images, blobs }
}

async function releaseTrash(now: number): Promise<number> {
  const rows = await db().image.findMany({
    where: {
      deletedAt: { lt: trashHorizon(now) },
      OR: [{ blobId: { not: null } }, { thumbnailId: { not: null } }],
    },
    take: BATCH,
    select: { id: true },
  })
  await db().$transaction(async (tx) => {
    const released = await tx.image.updateManyAndReturn({
      where: { id: { in: rows.map(({ id }) => id) }, deletedAt: { lt: trashHorizon(now) } },
      data: { blobId: null, thumbnailId: null },
      select: { teamId: true, generationId: true },
    })
    const teams = new Set(released.map(({ teamId }) => teamId))
    for (const teamId of teams)
      await announceImages(
        tx,
        teamId,
        released.filter((image) => image.teamId === teamId),
      )
  })
  return rows.length
}

type Bytes = { id: string; teamId: string; sha256: string }

const noOwner = {
  images: { none: {} },
  thumbnails: { none: {} },
  references: { none: {} },
  styles: { none: {} },
} as const

function unowned(now: number): Promise<Bytes[]> {
  return db().blob.findMany({
    where: { createdAt: { lt: new Date(now - DAY_MS) }, ...noOwner },
    take: BATCH,
    select: { id: true, teamId: true, sha256: true },
  })
}

/**
 * Deletes a blob under a lock on its row: a picture that is just being written waits and makes the row anew. Whoever
 * stores known bytes touches their file, so a file that was touched within a day is about to be owned again.
 */
async function purgeBlob({ id, teamId, sha256 }: Bytes, now: number): Promise<boolean> {
  const path = blobPath(teamId, sha256)
  const aside = `${path}.purge`
  const isFresh = (file: string) =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs > now - DAY_MS,
      () => false,
    )
  const purged = db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "Blob" WHERE id = ${id}::uuid FOR UPDATE`
    if (await isFresh(path)) return false
    const { count } = await tx.blob.deleteMany({ where: { id, ...noOwner } })
    if (count === 0) return false
    await rename(path, aside).catch(() => undefined) // gone already
    if (await isFresh(aside)) {
      await rename(aside, path)
      throw new AppError('conflict') // takes the row's deletion back
    }
    await rm(aside, { force: true })
    return true
  })
  return purged.catch((error: unknown) => {
    if (isAppError(error) && error.code === 'conflict') return false
    throw error
  })
}
