import 'server-only'
import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { blobRows } from '@/lib/images/blob-rows'
import { claimThumbnails, type MissingThumbnail } from '@/lib/images/thumbnail-queue'
import { db } from '@/lib/platform/db'
import { IMAGE_MAX_PIXELS } from '@/lib/platform/decoding'
import { log } from '@/lib/platform/log'
import { PREPARED } from '@/lib/platform/prepared'
import {
  blobMissing,
  hashOf,
  readBlob,
  storeBlob,
  type OwnedBlob,
  type StoredBlob,
} from '@/lib/platform/storage'
import { Prisma } from '@/prisma/generated/client'

/** Twice a row of the gallery on a desk; wide images keep their shape within it. */
const BOX = { width: 800, height: 480 } as const
/** Of six: a third less work than the library's four, for files a twentieth larger. */
const EFFORT = 2
const HASH_SIDE_PX = 100
/** So few dots that nothing can be recognised any more, whatever is in the image. */
const BLURRED_SIDE_PX = 14
/** What libvips says when the machine, not the image, is at fault. */
const OUT_OF_MEMORY = /out of memory/i
/** In `placeholder`: the bytes could not be decoded, so nobody tries again. The bytes themselves stay. */
const UNDECODABLE = ''

type Made = { bytes: Buffer; placeholder: string }
/**
 * Makes an image's thumbnail and placeholder with one decode, unless they are there by then. An image that upstream
 * blurred for a reason gets a blurred one: nothing else of it is ever shown. Throws `file_missing` when the image's file
 * is not what its row says: that is no reason to give the image up.
 */
export async function makeThumbnail({
  id,
  teamId,
  blurReason,
  sha256,
  sizeBytes,
}: MissingThumbnail): Promise<void> {
  const where = { id, placeholder: null }
  const made = await draw(await readWhole({ teamId, sha256, sizeBytes }), blurReason !== null)
  if (!made) {
    log.warn('images.undecodable', { id })
    await db().image.updateMany({ where, data: { placeholder: UNDECODABLE } })
    return
  }
  const stored = { ...(await storeBlob(teamId, made.bytes)), mimeType: 'image/webp' }
  const team = Prisma.sql`(SELECT ${teamId}::uuid AS "teamId")`
  await db().$executeRaw`${PREPARED}
    WITH kept AS (${blobRows(team, [{ stored }])})
    UPDATE "Image" SET placeholder = ${made.placeholder}, "thumbnailId" = kept.id FROM kept
    WHERE "Image".id = ${id}::uuid AND placeholder IS NULL`
}

/** The thumbnail of an image, made now if it is missing; null when it cannot be made, or somebody else is at it. */
export async function thumbnailOf(id: string): Promise<(StoredBlob & { mimeType: string }) | null> {
  const [missing] = await claimThumbnails({ id, limit: 1 })
  if (missing) await makeThumbnail(missing)
  const image = await db().image.findUnique({ where: { id }, select: { thumbnail: true } })
  return image?.thumbnail ?? null
}

/** Only bytes that are surely the image's own may be found undecodable. */
async function readWhole(blob: OwnedBlob): Promise<Buffer> {
  const bytes = await readBlob(blob)
  if (hashOf(bytes) === blob.sha256) return bytes
  throw blobMissing(blob, 'other bytes than were stored')
}

/** Null when the bytes are no image. Whatever else fails is tried again. */
async function draw(source: Buffer, isBlurred: boolean): Promise<Made | null> {
  const decoded = await decode(source, isBlurred)
  if (!decoded) return null
  const { data, info } = isBlurred ? await enlarge(decoded) : decoded
  const bytes = await fromRaw({ data, info }).webp({ quality: 82, effort: EFFORT }).toBuffer()
  const small = await raw(fromRaw({ data, info }).resize(HASH_SIDE_PX, HASH_SIDE_PX, { fit: 'inside' }))
  const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data)
  return { bytes, placeholder: Buffer.from(hash).toString('base64') }
}

/** The image in the size of the thumbnail, or of a blurred one a few dots of colour: nothing can bring the rest back. */
async function decode(source: Buffer, isBlurred: boolean): Promise<Raw | null> {
  const image = sharp(source, { limitInputPixels: IMAGE_MAX_PIXELS, failOn: 'error' }).rotate().ensureAlpha()
  const sized = isBlurred
    ? image.resize(BLURRED_SIDE_PX, BLURRED_SIDE_PX, { fit: 'inside' }).blur(1)
    : image.resize({ ...BOX, fit: 'inside', withoutEnlargement: true })
  try {
    return await raw(sized)
  } catch (error) {
    if (error instanceof Error && OUT_OF_MEMORY.test(error.message)) throw error
    return null
  }
}

type Raw = { data: Buffer; info: OutputInfo }
const raw = (image: Sharp): Promise<Raw> => image.raw().toBuffer({ resolveWithObject: true })
const fromRaw = ({ data, info: { width, height, channels } }: Raw) =>
  sharp(data, { raw: { width, height, channels } })
const enlarge = (small: Raw) => raw(fromRaw(small).resize({ ...BOX, fit: 'inside' }))
