import 'server-only'
import sharp from 'sharp'
import { decodeInTurn, IMAGE_MAX_PIXELS } from '@/lib/platform/decoding'

/** A large PNG takes long on a slow machine, and it is an image of the team's own. */
const CONVERT_LIMIT_S = 60

const mimeTypes = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' } as const
export type Format = keyof typeof mimeTypes

export const isFormat = (text: string): text is Format => Object.hasOwn(mimeTypes, text)
export const mimeTypeOf = (format: Format): string => mimeTypes[format]

/** An image in another format, read when it is its turn: PNG without loss, JPEG and WebP close to it. Throws `unavailable` under a rush. */
export function convert(read: () => Promise<Buffer>, format: Format): Promise<Buffer> {
  return decodeInTurn(async () => {
    const image = sharp(await read(), { limitInputPixels: IMAGE_MAX_PIXELS }).timeout({
      seconds: CONVERT_LIMIT_S,
    })
    if (format === 'png') return image.png().toBuffer()
    if (format === 'webp') return image.webp({ quality: 92 }).toBuffer()
    return image.flatten({ background: 'white' }).jpeg({ quality: 92, mozjpeg: true }).toBuffer()
  })
}
