import 'server-only'
import { audit } from '@/lib/audit/server'
import { announceImages } from '@/lib/images/announce'
import { trashHorizon } from '@/lib/images/trash'
import { mayRemoveFiles } from '@/lib/platform/backup-lock'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { AppError, isAppError } from '@/lib/platform/errors'
import { blobStore } from '@/lib/platform/storage'

const BATCH = 200
/** Of the twelve connections that a process has. */
const AT_ONCE = 3

/**
 * Lets go of what lay in the trash for 30 days, then deletes bytes that nobody has owned for a day, until none are
 * left. Rows stay. One file has one short transaction of its own, a few at a time: nobody else waits for more than that.
 */
export async function purgeBytes(
  now = Date.now(),
  signal?: AbortSignal,
): Promise<{ images: number; blobs: number }> {
  let images = 0
  for (let count = BATCH; count === BATCH && !signal?.aborted; images += count)
    count = await releaseTrash(now)
  let blobs = 0
  let after: string | undefined
  do {
    const batch = await unowned(now, after)
    const purge = async () => {
      for (let blob = batch.shift(); blob && !signal?.aborted; blob = batch.shift())
        if (await purgeBlob(blob, now)) blobs += 1
    }
    after = batch.at(-1)?.id
    await Promise.all(Array.from({ length: AT_ONCE }, purge))
  } while (after && !signal?.aborted)
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
    for (const teamId of teams) {
      const images = released.filter((image) => image.teamId === teamId)
      await announceImages(tx, teamId, images)
      const detail = { count: images.length }
      await audit(tx, { teamId, actorId: null, act: 'image.purged', subject: teamId, detail })
    }
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

function unowned(now: number, after: string | undefined): Promise<Bytes[]> {
  return db().blob.findMany({
    where: { createdAt: { lt: new Date(now - DAY_MS) }, ...noOwner, ...(after && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: BATCH,
    select: { id: true, teamId: true, sha256: true },
  })
}

/**
 * Deletes a blob under a lock on its row: an image that is just being written waits and makes the row anew. Whoever
 * stores known bytes touches their file, so a file that was touched within a day is about to be owned again. Nothing is deleted
 * while a backup runs.
 */
async function purgeBlob({ id, ...name }: Bytes, now: number): Promise<boolean> {
  const yesterday = new Date(now - DAY_MS)
  const purged = db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "Blob" WHERE id = ${id}::uuid FOR UPDATE`
    if (!(await mayRemoveFiles(tx))) return false
    const found = await blobStore().stat(name)
    if (found && found.usedAt > yesterday) return false
    const { count } = await tx.blob.deleteMany({ where: { id, ...noOwner } })
    if (count === 0) return false
    // used at this moment after all: takes the row's deletion back
    if (!(await blobStore().remove(name, yesterday))) throw new AppError('conflict')
    return true
  })
  return purged.catch((error: unknown) => {
    if (isAppError(error) && error.code === 'conflict') return false
    throw error
  })
}
