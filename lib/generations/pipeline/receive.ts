import 'server-only'
import { imageIds } from '@/lib/images/ids'
import { readImageHeader, type ImageHeader } from '@/lib/images/image-header'
import type { Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { log } from '@/lib/platform/log'
import { storeBlob, type StoredBlob } from '@/lib/platform/storage'
import { type AnswerImage, IMAGES_MAX } from '@/lib/upstream/answer'
import type { Balances } from '@/lib/upstream/flamel/contract'
import { sizeOf, type Ratio } from '@/lib/upstream/flamel/ratios'
import { readAnswer } from '@/lib/upstream/server'
import { findSpool } from '@/lib/upstream/spool'
import type { Generation, ImageState } from '@/prisma/generated/client'

/** One entry of an answer: its bytes, if any, are in the store already. */
export type ReceivedImage = {
  position: number
  upstreamId: bigint | null
  state: ImageState
  error: string | null
  /** Upstream itself said FAILED, as opposed to bytes that are no image. */
  isUpstreamFailure: boolean
  blurReason: string | null
  size: { width: number; height: number }
  stored?: StoredBlob & Pick<ImageHeader, 'mimeType'>
}

/** The error of an image whose bytes are there and are no image. */
const UNDECODABLE = 'undecodable'

/** A spooled answer whose whole images are in the store. Everything is absent or empty when nothing came. */
export type Received = {
  status: number | null
  /** Whether upstream ended it properly and it is what the contract says. */
  isWhole: boolean
  /** The answer's JSON without base64. */
  text: string | null
  images: ReceivedImage[]
  balances: Balances | null
  upstreamGroupId: string | null
  /** The disk took no more: some images came whole and are still only in the spool. */
  isDiskFull: boolean
  /** Something came that is not among the images. */
  isRest: boolean
  hasBody: boolean
  sentAt?: Date
  receivedAt?: Date
}

const NOTHING: Received = {
  status: null,
  isWhole: false,
  text: null,
  images: [],
  balances: null,
  upstreamGroupId: null,
  isDiskFull: false,
  isRest: false,
  hasBody: false,
}

/** Reads the spool and makes every image of it durable, one at a time. Throws only where the spool cannot be read. */
export async function receiveAnswer(generation: Generation, spoolPath: string): Promise<Received> {
  const spool = await findSpool(spoolPath)
  if (!spool) return NOTHING
  const images: ReceivedImage[] = []
  const groups: string[] = []
  let isDiskFull = false
  const answer = await readAnswer(spoolPath, async (image) => {
    const received = await receiveImage(generation, image)
    if (received === 'disk_full') isDiskFull = true
    else images.push(received)
    if (image.fields.groupId) groups.push(image.fields.groupId)
  })
  return {
    status: spool.status,
    isWhole: answer.complete && answer.images > 0,
    text: images.length > 0 ? JSON.stringify(answer.json) : null,
    images,
    balances: answer.balances,
    upstreamGroupId: groups[0] ?? null,
    isDiskFull,
    isRest: answer.entries > answer.images || isDiskFull || images.some(({ error }) => error === UNDECODABLE),
    hasBody: spool.bodyBytes > 0,
    sentAt: spool.sentAt,
    receivedAt: spool.receivedAt,
  }
}

/** One entry as a row: bytes that are no image make a failed image, never an error; those that no disk takes, none. */
export async function receiveImage(
  { teamId, ratio }: Pick<Generation, 'teamId' | 'ratio'>,
  { position, imageId, state, isUndecodable, fields, decoded }: AnswerImage,
): Promise<ReceivedImage | 'disk_full'> {
  const known = {
    position,
    upstreamId: imageId === null ? null : BigInt(imageId),
    blurReason: fields.blurReason ?? null,
    isUpstreamFailure: fields.status === 'FAILED',
    error: fields.error ?? null,
    size: sizeFrom(fields.resolution, ratio),
  }
  if (isUndecodable) return { ...known, state: 'failed', error: UNDECODABLE }
  if (state === 'pending' && imageId !== null) return { ...known, state }
  if (state !== 'completed' || !decoded) return { ...known, state: 'failed' } // also what can never be asked for
  const read = await readImageHeader(decoded.bytes)
  if (!read) return { ...known, state: 'failed', error: UNDECODABLE }
  const { mimeType, ...size } = read
  const blob = await storeBlob(teamId, decoded.bytes, decoded.sha256).catch((error: unknown) => {
    log.error('generation.image_not_stored', { error })
    return null
  })
  return blob ? { ...known, state: 'completed', size, stored: { ...blob, mimeType } } : 'disk_full'
}

/** The size to keep free for an image that is not there: as announced, else as the ratio asks. */
function sizeFrom(resolution: string | undefined, ratio: string): { width: number; height: number } {
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(resolution ?? '') ?? []
  // ratio comes from a request that the contract parsed
  return width && height ? { width: Number(width), height: Number(height) } : sizeOf(ratio as Ratio)
}

/**
 * Adds the rows of an answer's images; one that was read before and failed then gets the image that is read now. An
 * upstream id that another image has already is left out, never the image. Returns what is to be announced.
 */
export async function insertImages(
  tx: Tx,
  generation: Generation,
  images: ReceivedImage[],
): Promise<StudioEvent> {
  const blobs = await keepBlobs(tx, generation.teamId, images)
  const isAdded = await addImages(tx, { generation, images, blobs, taken: doubleIds(images) })
  if (!isAdded) await addAgain(tx, { generation, images, blobs })
  return { team: generation.teamId, kind: 'image', id: generation.id }
}

type Read = { generation: Generation; images: ReceivedImage[]; blobs: Map<string, string> }

/** Whether every one was added: one that is there already, or whose upstream id is, is left as it is. */
async function addImages(
  tx: Tx,
  { generation, images, blobs, taken }: Read & { taken: Set<bigint> },
): Promise<boolean> {
  const { teamId, accountId, makerId, ratio, styleId, id: generationId } = generation
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
  return count === images.length
}

async function addAgain(tx: Tx, read: Read): Promise<void> {
  await addImages(tx, { ...read, taken: await takenIds(tx, read) })
  await replaceFailed(tx, read)
}

async function replaceFailed(tx: Tx, { generation, images, blobs }: Read): Promise<void> {
  for (const { position, state, error, blurReason, size, stored } of images) {
    const blobId = stored && blobs.get(stored.sha256)
    if (!blobId) continue
    await tx.image.updateMany({
      where: { generationId: generation.id, position, state: 'failed', blobId: null },
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
  if (stored.length === 0) return new Map()
  const data = stored.map(({ sha256, sizeBytes, mimeType }) => ({ teamId, sha256, sizeBytes, mimeType }))
  const select = { id: true, sha256: true } as const
  const added = await tx.blob.createManyAndReturn({ data, skipDuplicates: true, select })
  const ids = new Map(added.map(({ id, sha256 }) => [sha256, id]))
  const known = stored.filter(({ sha256 }) => !ids.has(sha256)).map(({ sha256 }) => sha256)
  if (known.length > 0)
    for (const { id, sha256 } of await tx.blob.findMany({ where: { teamId, sha256: { in: known } }, select }))
      ids.set(sha256, id)
  return ids
}

/** The upstream ids that images of the account have already, and those that the answer itself gives twice. */
async function takenIds(tx: Tx, { generation, images }: Read): Promise<Set<bigint>> {
  const rows = await tx.image.findMany({
    where: { accountId: generation.accountId, upstreamId: { in: idsOf(images) } },
    select: { upstreamId: true },
  })
  return new Set([...doubleIds(images), ...rows.flatMap(({ upstreamId }) => upstreamId ?? [])])
}

function doubleIds(images: ReceivedImage[]): Set<bigint> {
  const ids = idsOf(images)
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
}

const idsOf = (images: ReceivedImage[]) => images.flatMap(({ upstreamId }) => upstreamId ?? [])
