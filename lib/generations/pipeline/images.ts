import 'server-only'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { IMAGES_MAX } from '@/lib/upstream/answer'
import { imageIds } from '@/lib/images/ids'
import type { Picture } from '@/lib/images/picture'
import type { StoredBlob } from '@/lib/platform/storage'
import type { Generation, ImageState } from '@/prisma/generated/client'

/** One entry of an answer: its bytes, if any, are in the store already. */
export type ReceivedImage = {
  position: number
  upstreamId: bigint | null
  state: ImageState
  error: string | null
  /** Upstream itself said FAILED, as opposed to bytes that are no picture. */
  isUpstreamFailure: boolean
  blurReason: string | null
  size: { width: number; height: number }
  stored?: StoredBlob & Pick<Picture, 'mimeType'>
}

/**
 * Adds the rows of an answer's images; one that was read before and failed then gets the picture that is read now. An
 * upstream id that another picture has already is left out, never the picture.
 */
export async function insertImages(tx: Tx, generation: Generation, images: ReceivedImage[]): Promise<void> {
  const { teamId, accountId, makerId, ratio, styleId, id: generationId } = generation
  const blobs = await keepBlobs(tx, teamId, images)
  const taken = await takenIds(tx, accountId, images)
  const ids = imageIds(IMAGES_MAX)
  const createdAt = new Date()
  const { count } = await tx.image.createMany({
    data: images.map(({ position, upstreamId, state, error, blurReason, size, stored }) => ({
      ...{
        id: ids[position],
        createdAt,
        generationId,
        teamId,
        accountId,
        makerId,
        ratio,
        styleId,
        position,
        state,
        error,
        blurReason,
        ...size,
      },
      upstreamId: upstreamId !== null && taken.has(upstreamId) ? null : upstreamId,
      blobId: stored && blobs.get(stored.sha256),
    })),
    skipDuplicates: true, // what was salvaged before stays as it is
  })
  if (count < images.length) await replaceFailed(tx, { generationId, images, blobs })
  await publish(tx, { team: teamId, kind: 'image', id: generationId })
}

type Read = { generationId: string; images: ReceivedImage[]; blobs: Map<string, string> }

async function replaceFailed(tx: Tx, { generationId, images, blobs }: Read): Promise<void> {
  for (const { position, state, error, blurReason, size, stored } of images) {
    const blobId = stored && blobs.get(stored.sha256)
    if (!blobId) continue
    await tx.image.updateMany({
      where: { generationId, position, state: 'failed', blobId: null },
      data: { state, error, blurReason, ...size, blobId },
    })
  }
}

/** Blob rows for stored bytes, by SHA-256; bytes that the team has already share one row. */
export async function keepBlobs(
  tx: Tx,
  teamId: string,
  images: Pick<ReceivedImage, 'stored'>[],
): Promise<Map<string, string>> {
  const stored = images.flatMap((image) => image.stored ?? [])
  const data = stored.map(({ sha256, sizeBytes, mimeType }) => ({ teamId, sha256, sizeBytes, mimeType }))
  await tx.blob.createMany({ data, skipDuplicates: true })
  const where = { teamId, sha256: { in: stored.map(({ sha256 }) => sha256) } }
  const rows = await tx.blob.findMany({ where, select: { id: true, sha256: true } })
  return new Map(rows.map(({ id, sha256 }) => [sha256, id]))
}

async function takenIds(tx: Tx, accountId: string, images: ReceivedImage[]): Promise<Set<bigint>> {
  const ids = images.flatMap(({ upstreamId }) => upstreamId ?? [])
  const rows = await tx.image.findMany({
    where: { accountId, upstreamId: { in: ids } },
    select: { upstreamId: true },
  })
  const taken = new Set(rows.flatMap(({ upstreamId }) => upstreamId ?? []))
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) taken.add(id)
  return taken
}
