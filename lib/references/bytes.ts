import 'server-only'
import { LRUCache } from 'lru-cache'
import sharp from 'sharp'
import { requireActorIn } from '@/lib/access/server'
import { trashHorizon } from '@/lib/images/trash'
import { db } from '@/lib/platform/db'
import { DECODE_LIMIT_S, decodeInTurn } from '@/lib/platform/decoding'
import { AppError } from '@/lib/platform/errors'
import { shared } from '@/lib/platform/shared'
import { readBlob, type OwnedBlob } from '@/lib/platform/storage'

const THUMB_PX = 320
const KEPT_BYTES = 16 * 1024 * 1024

const thumbs = () =>
  shared(
    'reference.thumbs',
    () => new LRUCache<string, Buffer>({ maxSize: KEPT_BYTES, sizeCalculation: (bytes) => bytes.length }),
  )

/** Answers a reference's image (webp) to members of its team; an id's bytes never change. Throws `not_found`. */
export async function serveReference(
  request: Request,
  id: string,
  size: 'thumb' | 'original',
): Promise<Response> {
  const row = await db().reference.findUnique({
    where: { id },
    select: { teamId: true, deletedAt: true, blob: { select: { sha256: true, sizeBytes: true } } },
  })
  await requireActorIn(request, row?.teamId, { scope: 'read' })
  if (!row?.blob || (row.deletedAt && row.deletedAt < trashHorizon())) throw new AppError('not_found')
  const { teamId, blob } = row
  const bytes = await (size === 'thumb' ? thumbOf({ ...blob, teamId }) : readBlob({ ...blob, teamId }))
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
    },
  })
}

async function thumbOf(blob: OwnedBlob): Promise<Buffer> {
  const name = `${blob.teamId}.${blob.sha256}`
  const known = thumbs().get(name)
  if (known) return known
  const made = await decodeInTurn(async () =>
    sharp(await readBlob(blob))
      .timeout({ seconds: DECODE_LIMIT_S })
      .resize(THUMB_PX, THUMB_PX, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer(),
  )
  thumbs().set(name, made)
  return made
}
