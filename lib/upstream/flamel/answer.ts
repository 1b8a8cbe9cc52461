import 'server-only'
import type { Answer, AnswerImage } from '@/lib/upstream/answer'
import { AnswerScanner, type ImagesAt, type ScannedImage } from '@/lib/upstream/flamel/answer-scanner'
import { cleanBalance } from '@/lib/upstream/flamel/clean'
import { readCreatedImage } from '@/lib/upstream/flamel/created-image'
import { decoded } from '@/lib/upstream/flamel/decode'
import type { Balances } from '@/lib/upstream/schema'
import { findSpool, readBody, type Coding, type Spool, type SpoolWriter } from '@/lib/upstream/spool'

/** Four images of more than 20 MB each, as base64. */
const DECODED_MAX_BYTES = 128 << 20

/**
 * Reads the 201 of create from its spool, handing over each image as soon as it is decoded and waiting for
 * `onImage` before it reads on, so that one image is held at a time. An answer whose images stand inside another
 * object is read from there. Throws only for the disk, or what `onImage` throws.
 */
export async function readAnswer(spoolPath: string, onImage: OnImage): Promise<Answer> {
  const seen: Members[] = []
  const spool = await findSpool(spoolPath)
  const onScanned = countedInto(seen, onImage)
  const plain = await scan(spool && readSpool(spool), [], onScanned)
  const isWrapped = plain.entries === 0 && !plain.isWhole && plain.elsewhere !== null
  const scanner = isWrapped ? await scan(spool && readSpool(spool), plain.elsewhere ?? [], onScanned) : plain
  return answerOf(scanner, seen)
}

/**
 * Reads an answer while it comes, as `readAnswer` does afterwards. Null where it is not whole and plainly what the contract
 * says: then its spool is to be read. Rejects for the disk, or with what `onImage` throws.
 */
export async function followAnswer(
  writer: SpoolWriter,
  coding: Coding,
  onImage: OnImage,
): Promise<Answer | null> {
  const seen: Members[] = []
  const body = writer.follow()
  try {
    const scanner = await scan(decoded(body, coding, DECODED_MAX_BYTES), [], countedInto(seen, onImage))
    return scanner.isWhole ? answerOf(scanner, seen) : null
  } finally {
    await body.return(undefined) // what nobody reads on must not wait in memory
  }
}

type Members = Record<string, unknown>
type OnImage = (image: AnswerImage) => void | Promise<void>

const countedInto = (seen: Members[], onImage: OnImage) => async (scanned: ScannedImage) => {
  seen.push(scanned.members)
  await onImage(toAnswerImage(scanned, seen.length - 1))
}

function answerOf(scanner: AnswerScanner, seen: Members[]): Answer {
  const document = scanner.document()
  return {
    complete: scanner.isWhole,
    images: seen.length,
    entries: scanner.entries,
    json: { ...document, images: seen },
    balances: readBalances(document),
  }
}

async function scan(
  text: AsyncIterable<Buffer> | null,
  imagesAt: ImagesAt,
  onScanned: (scanned: ScannedImage) => void | Promise<void>,
): Promise<AnswerScanner> {
  const scanner = new AnswerScanner(imagesAt)
  if (!text) return scanner
  for await (const piece of text) {
    for (const scanned of scanner.push(piece)) await onScanned(scanned)
    if (scanner.isOver) break
  }
  const salvaged = scanner.salvage()
  if (salvaged) await onScanned(salvaged)
  return scanner
}

/** A spooled answer's text as UTF-8. */
export function readSpool(spool: Spool): AsyncGenerator<Buffer> {
  return decoded(readBody(spool), spool, DECODED_MAX_BYTES)
}

/** A scanned image as the rest of the program reads it. */
export function toAnswerImage({ members, hadBase64, decoded }: ScannedImage, position: number): AnswerImage {
  const fields = readCreatedImage(members)
  const { status } = fields
  const isUndecodable = hadBase64 && !decoded && status !== 'PENDING' && status !== 'FAILED'
  const state =
    status === 'FAILED' ? 'failed' : status === 'PENDING' ? 'pending' : decoded ? 'completed' : 'failed'
  return { position, imageId: fields.imageId ?? null, state, isUndecodable, fields, decoded }
}

function readBalances(document: Record<string, unknown>): Balances | null {
  const defaultCredit = cleanBalance(document.defaultCredit)
  const dailyCredit = cleanBalance(document.dailyCredit)
  const monthlyCredit = cleanBalance(document.monthlyCredit)
  if (defaultCredit === undefined || dailyCredit === undefined || monthlyCredit === undefined) return null
  return { defaultCredit, dailyCredit, monthlyCredit }
}
