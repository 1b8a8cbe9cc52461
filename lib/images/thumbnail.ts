import 'server-only'
import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { blobMissing, hashOf, readBlob, storeBlob, type OwnedBlob } from '@/lib/platform/storage'

const MAX_PIXELS = 100_000_000
/** Twice a row of the wall on a desk; wide pictures keep their shape within it. */
const BOX = { width: 800, height: 480 } as const
/** Of six: a third less work than the library's four, for files a twentieth larger. */
const EFFORT = 2
const HASH_SIDE_PX = 100
/** So few dots that nothing can be recognised any more, whatever is in the picture. */
const BLURRED_SIDE_PX = 14
/** In `placeholder`: the bytes could not be decoded, so nobody tries again. The bytes themselves stay. */
const UNDECODABLE = ''

type Made = { bytes: Buffer; placeholder: string }
type Thumbnail = { sha256: string; sizeBytes: number; mimeType: string }

/**
 * Makes a picture's thumbnail and placeholder with one decode, unless they are there already or another process is at
 * it. A picture that upstream blurred for a reason gets a blurred one: nothing else of it is ever shown. Throws
 * `file_missing` when the picture's file is not what its row says: that is no reason to give the picture up.
 */
export async function makeThumbnail(id: string): Promise<Thumbnail | null> {
  return db().$transaction(
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`thumbnail ${id}`}, 0)) AS "isMine"`
      if (!lock?.isMine) return null
      const row = await tx.image.findUnique({
        where: { id },
        select: { teamId: true, placeholder: true, blurReason: true, blob: true, thumbnail: true },
      })
      if (!row?.blob || row.placeholder !== null) return row?.thumbnail ?? null
      const made = await draw(await readWhole({ ...row.blob, teamId: row.teamId }), row.blurReason !== null)
      if (!made) {
        log.warn('images.undecodable', { id })
        await tx.image.update({ where: { id }, data: { placeholder: UNDECODABLE } })
        return null
      }
      const stored = { ...(await storeBlob(row.teamId, made.bytes)), mimeType: 'image/webp' }
      const blob = await tx.blob.upsert({
        where: { teamId_sha256: { teamId: row.teamId, sha256: stored.sha256 } },
        create: { ...stored, teamId: row.teamId },
        update: {},
      })
      await tx.image.update({
        where: { id },
        data: { placeholder: made.placeholder, thumbnailId: blob.id },
      })
      return stored
    },
    { timeout: 30_000, maxWait: 10_000 },
  )
}

/** Only bytes that are surely the picture's own may be found undecodable. */
async function readWhole(blob: OwnedBlob): Promise<Buffer> {
  const bytes = await readBlob(blob)
  if (hashOf(bytes) === blob.sha256) return bytes
  throw blobMissing(blob, 'other bytes than were stored')
}

/** Null when the bytes are no picture. */
async function draw(source: Buffer, isBlurred: boolean): Promise<Made | null> {
  try {
    const input = isBlurred ? await blur(source) : source
    const { data, info } = await sharp(input, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ ...BOX, fit: 'inside', withoutEnlargement: !isBlurred })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const raw = { width: info.width, height: info.height, channels: info.channels }
    const bytes = await sharp(data, { raw }).webp({ quality: 82, effort: EFFORT }).toBuffer()
    const small = await sharp(data, { raw })
      .resize(HASH_SIDE_PX, HASH_SIDE_PX, { fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data)
    return { bytes, placeholder: Buffer.from(hash).toString('base64') }
  } catch {
    return null // whatever sharp says, the answer is the same: there is no thumbnail of this
  }
}

/** A few dots of colour: the rest of the picture is gone, so nothing can bring it back. */
function blur(source: Buffer): Promise<Buffer> {
  return sharp(source, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .rotate()
    .resize(BLURRED_SIDE_PX, BLURRED_SIDE_PX, { fit: 'inside' })
    .blur(1)
    .png()
    .toBuffer()
}
