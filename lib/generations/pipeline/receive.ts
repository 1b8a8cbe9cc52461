import 'server-only'
import type { AnswerImage } from '@/lib/upstream/answer'
import { sizeOf, type Balances, type Ratio } from '@/lib/upstream/flamel/contract'
import { findSpool } from '@/lib/upstream/spool'
import type { ReceivedImage } from '@/lib/generations/pipeline/images'
import { readPicture } from '@/lib/images/picture'
import { log } from '@/lib/platform/log'
import { storeBlob } from '@/lib/platform/storage'
import { imageService } from '@/lib/upstream/server'
import type { Generation } from '@/prisma/generated/client'

/** The error of an image whose bytes are there and are no picture. */
const UNDECODABLE = 'undecodable'

/** A spooled answer whose whole pictures are in the store. Everything is absent or empty when nothing came. */
export type Received = {
  status: number | null
  /** Whether upstream ended it properly and it is what the contract says. */
  isWhole: boolean
  /** The answer's JSON without base64. */
  text: string | null
  images: ReceivedImage[]
  balances: Balances | null
  upstreamGroupId: string | null
  /** The disk took no more: some pictures came whole and are still only in the spool. */
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

/** Reads the spool and makes every picture of it durable, one at a time. Throws only where the spool cannot be read. */
export async function receiveAnswer(generation: Generation, spoolPath: string): Promise<Received> {
  const spool = await findSpool(spoolPath)
  if (!spool) return NOTHING
  const images: ReceivedImage[] = []
  const groups: string[] = []
  let isDiskFull = false
  const answer = await imageService().readAnswer(spoolPath, async (image) => {
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

/** One entry as a row: bytes that are no picture make a failed image, never an error; those that no disk takes, none. */
export async function receiveImage(
  { teamId, ratio }: Pick<Generation, 'teamId' | 'ratio'>,
  { position, imageId, state, isUndecodable, fields, picture }: AnswerImage,
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
  if (state !== 'completed' || !picture) return { ...known, state: 'failed' } // also what can never be asked for
  const read = await readPicture(picture.bytes)
  if (!read) return { ...known, state: 'failed', error: UNDECODABLE }
  const { mimeType, ...size } = read
  const blob = await storeBlob(teamId, picture.bytes, picture.sha256).catch((error: unknown) => {
    log.error('generation.picture_not_stored', { error })
    return null
  })
  return blob ? { ...known, state: 'completed', size, stored: { ...blob, mimeType } } : 'disk_full'
}

/** The size to keep free for a picture that is not there: as announced, else as the ratio asks. */
function sizeFrom(resolution: string | undefined, ratio: string): { width: number; height: number } {
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(resolution ?? '') ?? []
  // ratio comes from a request that the contract parsed
  return width && height ? { width: Number(width), height: Number(height) } : sizeOf(ratio as Ratio)
}
