import { open } from 'node:fs/promises'
import { AnswerScanner, type ScannedImage } from '@/lib/flamel/answer-scanner'
import { balances, createdImage, type Balances, type CreatedImage } from '@/lib/flamel/contract'
import type { Picture } from '@/lib/flamel/picture-decoder'
import { findSpool, SPOOL_HEAD_BYTES } from '@/lib/flamel/spool'

/** One picture of an answer. `picture` is null when none came or it was not base64 (then `isUndecodable`). */
export type AnswerImage = {
  position: number
  /** Upstream's number; null when it sent none that is a whole number. */
  imageId: number | null
  state: 'completed' | 'failed' | 'pending'
  isUndecodable: boolean
  /** Every member but `base64`, unknown ones too. */
  fields: CreatedImage
  picture: Picture | null
}

/**
 * A spooled answer. `complete` is false when it was cut, is not JSON or is not what the contract says; then `json` is
 * put together from the pictures that came whole.
 */
export type Answer = {
  complete: boolean
  images: number
  json: Record<string, unknown>
  balances: Balances | null
}

const CHUNK_BYTES = 512 << 10

/**
 * Reads the 201 of create from its spool, handing over each picture as soon as it is decoded and waiting for
 * `onImage` before it reads on, so that one picture is held at a time. Throws only for the disk, or what `onImage` throws.
 */
export async function readAnswer(
  spoolPath: string,
  onImage: (image: AnswerImage) => void | Promise<void>,
): Promise<Answer> {
  const seen: CreatedImage[] = []
  const scanner = await scan(spoolPath, async (scanned) => {
    const image = toAnswerImage(scanned, seen.length)
    seen.push(image.fields)
    await onImage(image)
  })
  const document = parseObject(scanner.rest())
  const entries = document?.images
  const complete = Array.isArray(entries) && entries.length === seen.length
  const json = { ...document, images: seen }
  return { complete, images: seen.length, json, balances: readBalances(document) }
}

async function scan(
  spoolPath: string,
  onScanned: (scanned: ScannedImage) => void | Promise<void>,
): Promise<AnswerScanner> {
  const scanner = new AnswerScanner('images')
  const spool = await findSpool(spoolPath)
  if (!spool) return scanner
  const file = await open(spool.file, 'r')
  try {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, spool.bodyBytes)))
    for (let position = SPOOL_HEAD_BYTES; ;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
      if (bytesRead === 0) break
      position += bytesRead
      for (const scanned of scanner.push(chunk.subarray(0, bytesRead))) await onScanned(scanned)
    }
  } finally {
    await file.close()
  }
  const salvaged = scanner.salvage()
  if (salvaged) await onScanned(salvaged)
  return scanner
}

/** A scanned picture as the rest of the program reads it. */
export function toAnswerImage({ json, hadBase64, picture }: ScannedImage, position: number): AnswerImage {
  const members = parseObject(json) ?? {}
  const { base64: _, ...fields } = createdImage.parse(members)
  const imageId = Number.isSafeInteger(members.imageId) ? Number(members.imageId) : null
  const status = members.generationStatus
  const isUndecodable = hadBase64 && !picture && status !== 'PENDING' && status !== 'FAILED'
  const state =
    status === 'FAILED' ? 'failed' : status === 'PENDING' ? 'pending' : picture ? 'completed' : 'failed'
  return { position, imageId, state, isUndecodable, fields, picture }
}

function readBalances(document: Record<string, unknown> | null): Balances | null {
  const parsed = balances.safeParse(document)
  return parsed.success ? parsed.data : null
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null
  } catch {
    return null
  }
}
