import 'server-only'
import { readAnswer, type AnswerImage } from '@/lib/flamel/answer'
import { sizeOf, type Balances, type Ratio } from '@/lib/flamel/contract'
import { findSpool } from '@/lib/flamel/spool'
import type { ReceivedImage } from '@/lib/generations/images'
import { readPicture } from '@/lib/images/picture'
import { storeBlob } from '@/lib/storage'
import type { Generation } from '@/prisma/generated/client'

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
  sentAt?: Date
  receivedAt?: Date
}

/** Reads the spool and makes every picture of it durable, one at a time. Throws only for the disk. */
export async function receiveAnswer(generation: Generation, spoolPath: string): Promise<Received> {
  const spool = await findSpool(spoolPath)
  if (!spool)
    return { status: null, isWhole: false, text: null, images: [], balances: null, upstreamGroupId: null }
  const images: ReceivedImage[] = []
  const groups: string[] = []
  const answer = await readAnswer(spoolPath, async (image) => {
    images.push(await receiveImage(generation, image))
    const groupId = image.fields.GenerationInfo?.groupId
    if (groupId) groups.push(groupId)
  })
  return {
    status: spool.status,
    isWhole: spool.whole && answer.complete && images.length > 0,
    text: images.length > 0 ? JSON.stringify(answer.json) : null,
    images,
    balances: answer.balances,
    upstreamGroupId: groups[0] ?? null,
    sentAt: spool.sentAt,
    receivedAt: spool.receivedAt,
  }
}

/** One entry as a row: bytes that are no picture make a failed image, never an error. */
export async function receiveImage(
  { teamId, ratio }: Pick<Generation, 'teamId' | 'ratio'>,
  { position, imageId, state, fields, picture }: AnswerImage,
): Promise<ReceivedImage> {
  const known = {
    position,
    upstreamId: imageId === null ? null : BigInt(imageId),
    blurReason: fields.GenerationInfo?.blurReason || null,
    isUpstreamFailure: fields.generationStatus === 'FAILED',
    error: fields.generationError ?? null,
    size: sizeFrom(fields.resolution, ratio),
  }
  if (state !== 'completed' || !picture)
    return { ...known, state: state === 'pending' ? 'pending' : 'failed' }
  const read = await readPicture(picture.bytes)
  if (!read) return { ...known, state: 'failed', error: 'undecodable' }
  const { mimeType, ...size } = read
  const stored = { ...(await storeBlob(teamId, picture.bytes, picture.sha256)), mimeType }
  return { ...known, state: 'completed', size, stored }
}

/** The size to keep free for a picture that is not there: as announced, else as the ratio asks. */
function sizeFrom(resolution: string | null | undefined, ratio: string): { width: number; height: number } {
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(resolution ?? '') ?? []
  // ratio comes from a request that the contract parsed
  return width && height ? { width: Number(width), height: Number(height) } : sizeOf(ratio as Ratio)
}
