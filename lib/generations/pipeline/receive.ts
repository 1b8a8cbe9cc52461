import 'server-only'
import { readImageHeader, type ImageHeader } from '@/lib/images/image-header'
import { log } from '@/lib/platform/log'
import { storeBlob, type StoredBlob } from '@/lib/platform/storage'
import type { AnswerImage } from '@/lib/upstream/answer'
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
