import 'server-only'
import { visibleTo } from '@/lib/access/visibility'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { refuse, refuseAs, RETRY_AFTER } from '@/lib/drop-in/envelope'
import type { End } from '@/lib/drop-in/wait'
import type { HeldBlob, Seen, SeenImage, StoredAnswer } from '@/lib/generations/answers'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import { openBlob, requireBlob, type OwnedBlob } from '@/lib/platform/storage'
import { isUnsentCode } from '@/lib/upstream/error-codes'
import { accountIdFor } from '@/lib/upstream/server'
import { findSpool, SPOOL_HEAD_BYTES } from '@/lib/upstream/spool'
import type { Generation, ImageState } from '@/prisma/generated/client'

/** How long a file that cannot be read is waited for: a mount may come back, and nobody should pay twice for that. */
const FILE_WAIT_MS = 10_000
const FILE_RETRY_MS = 500
/** What is smaller goes out together: each piece costs several turns on its way to the connection. */
const PIECE_MIN_BYTES = 128 << 10

/** Strings longer than about 100 KB cost V8 several times more per byte. A multiple of three. */
const STRING_BYTES = 48 << 10

const stored = z.looseObject({ images: z.array(z.looseObject({})) })

/** The end as Flamel's clients know it (docs/api: the drop-in table). `unknown` is never a status that they retry. */
export async function answerFor(id: string, end: End): Promise<Response> {
  switch (end.kind) {
    case 'ended':
      return mark(id, await answerEnded(end.generation))
    case 'spooled':
      return mark(id, (await answerFromSpool(end.spool)) ?? unknown(id))
    case 'not_taken':
      return mark(id, refuse(503, 'unavailable', RETRY_AFTER))
    case 'no_word':
      return mark(id, unknown(id))
    case 'client_gone':
      return mark(id, refuse(499, 'client_gone'))
  }
}

/** A success whose images are stored and whose commit is under way. */
export async function answerStored(
  { id, teamId }: { id: string; teamId: string },
  { text, images }: StoredAnswer,
): Promise<Response> {
  const rows = images.map(({ position, state, error, stored }) => ({
    ...{ position, teamId, state, error },
    blob: stored ?? null,
  }))
  return mark(id, await rebuild({ id, answer: text }, rows))
}

function mark(id: string, response: Response): Response {
  response.headers.set('x-studio-generation', id)
  return response
}

const unknown = (id: string) => refuse(424, `generation_unknown (${id})`)

async function answerEnded(generation: Seen): Promise<Response> {
  if (generation.status === 'succeeded' || generation.status === 'pending')
    return rebuild(generation, storedImages(generation))
  if (generation.status === 'failed') return answerFailed(generation)
  if (generation.status === 'canceled') return answerCanceled(generation)
  return unknown(generation.id)
}

function answerFailed({ answer, answerStatus, errorCode, errorParameter, id }: Generation): Response {
  if (errorCode === 'generation_unknown') return unknown(id) // settled by a person: what came says no more than before
  if (errorCode !== null && isUnsentCode(errorCode)) return refuse(503, errorCode, RETRY_AFTER)
  if (errorCode === 'generation_failed')
    return refuse(422, errorParameter ?? errorCode, { 'x-studio-error-source': 'upstream' })
  if (answer === null || answerStatus === null) return unknown(id)
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-studio-error-source': 'upstream',
  }
  return new Response(answer, { status: answerStatus, headers })
}

function answerCanceled({ statusReason }: Generation): Response {
  if (statusReason === 'queue_timeout') return refuseAs(403, 'simultaneous_generation_limit')
  if (statusReason === 'no_worker') return refuse(503, 'unavailable', RETRY_AFTER)
  return refuse(422, 'generation_canceled')
}

/** The published answer from the stored JSON and files, streamed: no image is held whole. */
async function rebuild(
  generation: Pick<Generation, 'id' | 'answer'>,
  rows: (StoredImage & { position: number })[],
): Promise<Response> {
  const parsed = stored.safeParse(JSON.parse(generation.answer ?? 'null'))
  if (!parsed.success) return unknown(generation.id)
  const { images: entries, ...rest } = parsed.data
  const images = new Map(rows.map((row) => [row.position, row]))
  const parts = () => Promise.all(entries.map((entry, position) => partOf(entry, images.get(position))))
  const found = await untilReadable(parts)
  // not a status that clients repeat by themselves: the images are there and paid for, and the same body still joins
  return found ? streamed(answerPieces(found, rest), 201) : refuse(424, `file_missing (${generation.id})`)
}

function storedImages({ teamId, images }: Seen) {
  const blobOf = ({ sha256, sizeBytes }: SeenImage) =>
    sha256 === null || sizeBytes === null ? null : { sha256, sizeBytes }
  return images.map((row) => ({
    ...{ position: row.position, teamId, state: row.state, error: row.error },
    blob: blobOf(row),
  }))
}

const storedImage = { state: true, error: true, blob: { select: { sha256: true, sizeBytes: true } } } as const
type StoredImage = { teamId: string; state: ImageState; error: string | null; blob: HeldBlob | null }
type Entry = Record<string, unknown>

/** One entry with the bytes of its image, seen to be there. Throws `file_missing`. */
async function partOf(came: Entry, image: StoredImage | undefined): Promise<Part> {
  if (!image) return { entry: came, blob: null }
  const entry = withState(came, image)
  if (image.blob) {
    const blob = { ...image.blob, teamId: image.teamId }
    if (!blob.bytes) await requireBlob(blob)
    return { entry, blob }
  }
  if (image.state !== 'completed') return { entry, blob: null }
  return { entry: { ...entry, generationStatus: 'FAILED', generationError: 'deleted' }, blob: null } // from the trash, for good
}

/** The entry as it came, unless its image ended otherwise: with what no image could be made of, or after the answer. */
function withState(came: Entry, { state, error }: StoredImage): Entry {
  const generationStatus = state.toUpperCase()
  return came.generationStatus === generationStatus
    ? came
    : { ...came, generationStatus, generationError: error }
}

/** Null when a file is still missing after a while. */
async function untilReadable<T>(read: () => Promise<T>): Promise<T | null> {
  const deadline = Date.now() + FILE_WAIT_MS
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!isAppError(error) || error.code !== 'file_missing') throw error
      if (Date.now() > deadline) return null
      await delay(FILE_RETRY_MS)
    }
  }
}

/** One image of the actor's team, as it came, with its state now; null when there is none of that number. */
export async function answerForImage(actor: Actor, id: string): Promise<Response | null> {
  if (!/^[1-9]\d{0,15}$/.test(id)) return null
  const image = await db().image.findFirst({
    where: {
      teamId: actor.teamId,
      accountId: await accountIdFor(actor.teamId),
      upstreamId: BigInt(id),
      deletedAt: null,
      AND: [visibleTo(actor)],
    },
    select: {
      teamId: true,
      position: true,
      ...storedImage,
      generation: { select: { answer: true } },
    },
  })
  const parsed = stored.safeParse(JSON.parse(image?.generation.answer ?? 'null'))
  const entry = parsed.data?.images[image?.position ?? 0]
  if (!image || !entry) return null
  return streamed(entryPieces(await partOf(entry, image)), 200)
}

type Part = { entry: Entry; blob: (OwnedBlob & HeldBlob) | null }

async function* answerPieces(parts: Part[], rest: Record<string, unknown>): AsyncGenerator<Buffer> {
  yield Buffer.from('{"images":[')
  for (const [index, part] of parts.entries()) {
    if (index > 0) yield Buffer.from(',')
    yield* entryPieces(part)
  }
  const members = JSON.stringify(rest).slice(1, -1)
  yield Buffer.from(members ? `],${members}}` : ']}')
}

/** One image as JSON, its base64 made from the bytes piece by piece. */
export async function* entryPieces({ entry, blob }: Part): AsyncGenerator<Buffer> {
  const { base64: _, ...fields } = entry
  const members = JSON.stringify(fields).slice(0, -1)
  yield Buffer.from(`${members}${members === '{' ? '' : ','}"base64":"`)
  if (blob) yield* base64Of(blob)
  yield Buffer.from('"}')
}

/** Throws when the bytes end too early: a cut answer is seen by its reader, an empty image is not. */
async function* base64Of(blob: OwnedBlob & HeldBlob): AsyncGenerator<Buffer> {
  if (blob.bytes) return yield encode(blob.bytes)
  let rest = Buffer.alloc(0)
  let readBytes = 0
  for await (const piece of await openBlob(blob)) {
    readBytes += piece.length
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const whole = bytes.length - (bytes.length % 3) // the base64 of such pieces is the base64 of them all
    yield encode(bytes.subarray(0, whole))
    rest = bytes.subarray(whole)
  }
  yield encode(rest)
  if (readBytes !== blob.sizeBytes)
    throw new Error(`${blob.sha256} ended after ${readBytes} of ${blob.sizeBytes} bytes`)
}

/** Base64 as bytes. */
function encode(bytes: Buffer): Buffer {
  const text = Buffer.allocUnsafeSlow(Math.ceil(bytes.length / 3) * 4)
  for (let from = 0, at = 0; from < bytes.length; from += STRING_BYTES)
    at += text.write(bytes.toString('base64', from, from + STRING_BYTES), at, 'latin1')
  return text
}

/** Upstream's own bytes, for as long as the database is away. Null when the answer was committed after all. */
async function answerFromSpool(spoolPath: string): Promise<Response | null> {
  const spool = await findSpool(spoolPath)
  return spool ? streamed(createReadStream(spool.file, { start: SPOOL_HEAD_BYTES }), spool.status) : null
}

export function streamed(source: AsyncIterable<Buffer>, status: number): Response {
  const body = Readable.toWeb(Readable.from(gathered(source)))
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store, no-transform' }
  // Node's and the DOM's ReadableStream are the same object under two names
  return new Response(body as ReadableStream, { status, headers })
}

async function* gathered(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let small: Buffer[] = []
  let sizeBytes = 0
  for await (const piece of source) {
    const isLarge = piece.length >= PIECE_MIN_BYTES
    if (!isLarge) {
      small.push(piece)
      sizeBytes += piece.length
    }
    if (!isLarge && sizeBytes < PIECE_MIN_BYTES) continue
    if (sizeBytes > 0) yield Buffer.concat(small)
    if (isLarge) yield piece
    small = []
    sizeBytes = 0
  }
  if (sizeBytes > 0) yield Buffer.concat(small)
}
