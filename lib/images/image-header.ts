import 'server-only'
import sharp from 'sharp'
import { IMAGE_MAX_PIXELS } from '@/lib/platform/decoding'

export type ImageHeader = { width: number; height: number; mimeType: string }

const mimeTypes: Record<string, string> = {
  webp: 'image/webp',
  png: 'image/png',
  jpeg: 'image/jpeg',
  avif: 'image/avif',
  gif: 'image/gif',
}

/** Size and type as the bytes themselves say; null when they are no image. Reads the header only (about 1 ms). */
export async function readImageHeader(bytes: Buffer): Promise<ImageHeader | null> {
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: IMAGE_MAX_PIXELS }).metadata()
    const mimeType = mimeTypes[format]
    return mimeType && width && height ? { width, height, mimeType } : null
  } catch {
    return null // not an image: an answer like any other
  }
}
