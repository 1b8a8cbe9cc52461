import 'server-only'
import { open, stat, truncate } from 'node:fs/promises'
import sharp from 'sharp'
import { DECODE_LIMIT_S, decodeInTurn } from '@/lib/platform/decoding'
import { AppError } from '@/lib/platform/errors'
import { HEAD_BYTES, kindOf, type ImageKind } from '@/lib/references/file-kind'
import { MAX_FILE_BYTES } from '@/lib/references/limits'
import type { UploadProblem } from '@/lib/references/schema'

export const MAX_PIXELS = 40_000_000
const MIN_SIDE_PX = 16
const MAX_SIDE_PX = 2_560
/** How many times longer than wide an image may be: beyond that, nothing is left of it when it is made smaller. */
const MAX_SHAPE = 40

export type CleanImage = { bytes: Buffer; mimeType: 'image/webp'; width: number; height: number }

/** The one thing wrong with an upload, in the shape that forms read. */
export function refuseUpload(code: UploadProblem, cause?: unknown): AppError {
  const errors = [{ path: 'file', code, message: code.replaceAll('_', ' ') }]
  return new AppError(code === 'too_large' ? 'too_large' : 'validation_failed', {
    detail: 'This file cannot be a reference.',
    errors,
    cause,
  })
}

/**
 * Makes a clean image of an uploaded file: only what its first bytes say it is, measured before it is decoded,
 * turned upright, at most 2,560 px long, without any metadata (where it was taken, with what, by whom).
 */
export async function cleanImage(file: string): Promise<CleanImage> {
  const kind = kindOf(await firstBytes(file))
  if (!kind) throw refuseUpload('not_an_image')
  if (kind === 'heic') throw refuseUpload('heic')
  await measure(file, kind)
  return decodeInTurn(() => reencode(file, kind))
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Reads the header alone: a file of a few bytes may claim an image that would fill the memory. */
async function measure(file: string, kind: ImageKind): Promise<void> {
  const header = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw refuseUpload('damaged', error)
    })
  const isKind = header.format === kind || (kind === 'avif' && header.format === 'heif')
  if (!isKind) throw refuseUpload('not_an_image')
  const { width, height } = header
  if (width * height > MAX_PIXELS) throw refuseUpload('too_many_pixels')
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  if (short < MIN_SIDE_PX) throw refuseUpload('too_small')
  if (long / short > MAX_SHAPE) throw refuseUpload('too_narrow')
}

async function reencode(file: string, kind: ImageKind): Promise<CleanImage> {
  try {
    return await decode(file, 'truncated')
  } catch (error) {
    const isCut = (kind === 'png' || kind === 'jpeg') && !/timeout/i.test(String(error))
    const image = isCut ? await decodeCut(file, kind).catch(() => null) : null
    if (!image) throw refuseUpload('damaged', error)
    return image
  }
}

/**
 * A file that ends too early is shown by browsers as far as it goes, and so it is taken here; null when nothing of it
 * can be seen. libpng gives up a chunk whose end is missing: zeros stand in for it.
 */
async function decodeCut(file: string, kind: ImageKind): Promise<CleanImage | null> {
  if (kind === 'png') await truncate(file, (await stat(file)).size + MAX_FILE_BYTES)
  const image = await decode(file, 'none')
  const { channels } = await sharp(image.bytes).stats()
  return channels.some(({ stdev }) => stdev > 0) ? image : null
}

async function decode(file: string, failOn: 'none' | 'truncated'): Promise<CleanImage> {
  const { data, info } = await sharp(file, { limitInputPixels: MAX_PIXELS, failOn })
    .autoOrient()
    .resize(MAX_SIDE_PX, MAX_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: DECODE_LIMIT_S })
    .webp({ quality: 90 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, mimeType: 'image/webp', width: info.width, height: info.height }
}
