import 'server-only'
import { open } from 'node:fs/promises'
import sharp from 'sharp'
import { AppError } from '@/lib/errors'
import { throughGate } from '@/lib/gate'
import type { UploadProblem } from '@/lib/references/schema'

export const MAX_PIXELS = 40_000_000
const MIN_SIDE_PX = 16
const MAX_SIDE_PX = 2_560
const DECODE_LIMIT_S = 20
const GATE = { places: 2, queue: 16 }

export type Picture = { bytes: Buffer; mimeType: 'image/webp'; width: number; height: number }

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
 * Makes a clean picture of an uploaded file: only what its first bytes say it is, measured before it is decoded,
 * turned upright, at most 2,560 px long, without any metadata (where it was taken, with what, by whom).
 */
export async function cleanPicture(file: string): Promise<Picture> {
  const kind = sniff(await firstBytes(file))
  if (!kind) throw refuseUpload('not_a_picture')
  await measure(file, kind)
  return throughGate('reference.decode', GATE, () => reencode(file))
}

type Kind = 'png' | 'jpeg' | 'webp' | 'avif'

/** What the magic bytes say; file names and content types are only claims. */
export function sniff(head: Buffer): Kind | null {
  const ascii = head.toString('latin1')
  if (ascii.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (ascii.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (ascii.startsWith('RIFF') && ascii.startsWith('WEBP', 8)) return 'webp'
  if (ascii.startsWith('ftyp', 4) && /^avi[fs]/.test(ascii.slice(8, 12))) return 'avif'
  return null
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Reads the header alone: a file of a few bytes may claim a picture that would fill the memory. */
async function measure(file: string, kind: Kind): Promise<void> {
  const header = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw refuseUpload('damaged', error)
    })
  const isKind = header.format === kind || (kind === 'avif' && header.format === 'heif')
  if (!isKind) throw refuseUpload('not_a_picture')
  const { width, height } = header
  if (width * height > MAX_PIXELS) throw refuseUpload('too_many_pixels')
  if (Math.min(width, height) < MIN_SIDE_PX) throw refuseUpload('too_small')
}

async function reencode(file: string): Promise<Picture> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'truncated' })
      .autoOrient()
      .resize(MAX_SIDE_PX, MAX_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: DECODE_LIMIT_S })
      .webp({ quality: 90 })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, mimeType: 'image/webp', width: info.width, height: info.height }
  } catch (error) {
    throw refuseUpload('damaged', error)
  }
}
