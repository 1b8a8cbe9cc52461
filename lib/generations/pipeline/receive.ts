import 'server-only'
import type { HeldBlob } from '@/lib/generations/answers'
import { NO_IMAGE, UNDECODABLE } from '@/lib/generations/pipeline/end-of-images'
import { readImageHeader, type ImageHeader } from '@/lib/images/image-header'
import { noteImageCame } from '@/lib/images/quiet-period'
import { log } from '@/lib/platform/log'
import { storeBlob } from '@/lib/platform/storage'
import type { Answer, AnswerImage } from '@/lib/upstream/answer'
import { sizeOf, type Ratio } from '@/lib/upstream/ratios'
import type { Balances } from '@/lib/upstream/schema'
import { readAnswer } from '@/lib/upstream/server'
import { findSpool, type Spool } from '@/lib/upstream/spool'
import type { Generation, ImageState } from '@/prisma/generated/client'

/** One entry of an answer: its bytes, if any, are in the store already. */
export type ReceivedImage = {
  position: number
  upstreamId: bigint | null
  state: ImageState
  /** Upstream's reason where it said FAILED itself, else one of ours (lib/generations/pipeline/end-of-images). */
  error: string | null
  blurReason: string | null
  size: { width: number; height: number }
  stored?: HeldBlob & Pick<ImageHeader, 'mimeType'>
}

/** An image that is larger is read back where it is needed again. */
const HELD_MAX_BYTES = 256 << 10

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

/** Reads the spool and makes every image of it durable. Throws only where the spool cannot be read. */
export async function receiveAnswer(generation: Generation, spoolPath: string): Promise<Received> {
  const spool = await findSpool(spoolPath)
  if (!spool) return NOTHING
  const receiver = new Receiver(generation)
  const answer = await readAnswer(spoolPath, (image) => receiver.take(image))
  return receiver.end(answer, { ...spool, hasBody: spool.bodyBytes > 0 })
}

/** Makes the images of an answer durable: one is stored while the next is read, so that two are held at most. */
export class Receiver {
  readonly #generation: Generation
  readonly #images: ReceivedImage[] = []
  readonly #groups: string[] = []
  #isDiskFull = false
  #storing: Promise<unknown> = Promise.resolve()
  #failure: unknown

  constructor(generation: Generation) {
    this.#generation = generation
  }

  /** Returns once the image before this one is stored; throws where that failed. */
  async take(image: AnswerImage): Promise<void> {
    await this.#stored()
    if (image.fields.groupId) this.#groups.push(image.fields.groupId)
    this.#storing = this.#store(image).catch((error: unknown) => (this.#failure = error))
  }

  /** What became of the images, once all are stored, with what else the answer said. */
  async end(answer: Answer, spool: Pick<Spool, 'status' | 'sentAt' | 'receivedAt'> & { hasBody: boolean }) {
    await this.#stored()
    const [images, isDiskFull] = [this.#images, this.#isDiskFull]
    return {
      status: spool.status,
      isWhole: answer.complete && answer.images > 0,
      text: images.length > 0 ? JSON.stringify(answer.json) : null,
      images,
      balances: answer.balances,
      upstreamGroupId: this.#groups[0] ?? null,
      isDiskFull,
      isRest:
        answer.entries > answer.images || isDiskFull || images.some(({ error }) => error === UNDECODABLE),
      hasBody: spool.hasBody,
      sentAt: spool.sentAt,
      receivedAt: spool.receivedAt,
    } satisfies Received
  }

  /** What came while the answer came; null where anything of it is in doubt: then the spool is to be read. */
  async endWhole(
    answer: Answer,
    times: Pick<Spool, 'status' | 'sentAt' | 'receivedAt'>,
  ): Promise<Received | null> {
    const received = await this.end(answer, { ...times, hasBody: true }).catch(() => null)
    const isWhole = received?.images.every(({ state }) => state === 'completed') && !received.isRest
    return isWhole ? received : null
  }

  async #stored(): Promise<void> {
    await this.#storing
    if (this.#failure !== undefined) throw this.#failure
  }

  async #store(image: AnswerImage): Promise<void> {
    const received = await receiveImage(this.#generation, image)
    if (received === 'disk_full') this.#isDiskFull = true
    else this.#images.push(received)
  }
}

/** One entry as a row: bytes that are no image make a failed image, never an error; those that no disk takes, none. */
export async function receiveImage(
  { teamId, ratio }: Pick<Generation, 'teamId' | 'ratio'>,
  { position, imageId, state, isUndecodable, fields, decoded }: AnswerImage,
): Promise<ReceivedImage | 'disk_full'> {
  noteImageCame()
  const known = {
    position,
    upstreamId: imageId === null ? null : BigInt(imageId),
    blurReason: fields.blurReason ?? null,
    error: fields.error ?? null,
    size: sizeFrom(fields.resolution, ratio),
  }
  if (isUndecodable) return { ...known, state: 'failed', error: UNDECODABLE }
  if (state === 'pending' && imageId !== null) return { ...known, state }
  if (fields.status === 'FAILED') return { ...known, state: 'failed' }
  if (state !== 'completed' || !decoded) return { ...known, state: 'failed', error: NO_IMAGE }
  const read = await readImageHeader(decoded.bytes)
  if (!read) return { ...known, state: 'failed', error: UNDECODABLE }
  const { mimeType, ...size } = read
  const blob = await storeBlob(teamId, decoded.bytes, decoded.sha256).catch((error: unknown) => {
    log.error('generation.image_not_stored', { error })
    return null
  })
  if (!blob) return 'disk_full'
  const bytes = blob.sizeBytes <= HELD_MAX_BYTES ? decoded.bytes : undefined
  return { ...known, state: 'completed', size, stored: { ...blob, mimeType, bytes } }
}

/** The size to keep free for an image that is not there: as announced, else as the ratio asks. */
function sizeFrom(resolution: string | undefined, ratio: string): { width: number; height: number } {
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(resolution ?? '') ?? []
  // ratio comes from a request that the contract parsed
  return width && height ? { width: Number(width), height: Number(height) } : sizeOf(ratio as Ratio)
}
