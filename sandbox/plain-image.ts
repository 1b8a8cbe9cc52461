import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Recipe } from '@/sandbox/recipe'

const bases = new Map<string, Promise<Buffer>>()

/**
 * One colour of the right size, unlike any other by a chunk of its own at the end (RIFF readers skip chunks they do
 * not know), which also fills it up to `bytes`. It costs next to nothing, so that a test can ask for a thousand.
 */
export async function plainImage({ imageId, seed, sample, width, height, plain }: Recipe): Promise<Buffer> {
  const hue = (seed + sample * 90) % 360
  const key = `${width}x${height}:${hue}`
  if (bases.size > 64) bases.clear()
  const base = bases.get(key) ?? drawBase(width, height, hue)
  bases.set(key, base)
  return withOwnChunk(extended(await base, width, height), `${imageId}:${seed}:${sample}`, plain?.bytes ?? 0)
}

function drawBase(width: number, height: number, hue: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue},45%,55%)"/></svg>`
  return sharp(Buffer.from(svg)).webp({ quality: 50, effort: 0 }).toBuffer()
}

/** With the VP8X head that the format asks for before chunks of one's own may follow. */
function extended(webp: Buffer, width: number, height: number): Buffer {
  const head = Buffer.alloc(18)
  head.write('VP8X', 0, 'latin1')
  head.writeUInt32LE(10, 4)
  head.writeUIntLE(width - 1, 12, 3)
  head.writeUIntLE(height - 1, 15, 3)
  return Buffer.concat([webp.subarray(0, 12), head, webp.subarray(12)])
}

function withOwnChunk(webp: Buffer, mark: string, bytes: number): Buffer {
  const digest = createHash('sha256').update(mark).digest()
  const size = Math.max(digest.length, bytes - webp.length - 8) & ~1
  const chunk = Buffer.alloc(8 + size)
  chunk.write('sBOX', 0, 'latin1')
  chunk.writeUInt32LE(size, 4)
  for (let at = 8; at < chunk.length; at += digest.length) digest.copy(chunk, at)
  const image = Buffer.concat([webp, chunk])
  image.writeUInt32LE(image.length - 8, 4)
  return image
}
