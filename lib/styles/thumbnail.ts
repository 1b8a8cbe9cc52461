import 'server-only'
import sharp from 'sharp'
import type { Actor } from '@/lib/access/actor'
import { requireActorIn } from '@/lib/access/server'
import { auditAct } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { DECODE_LIMIT_S, decodeInTurn, IMAGE_MAX_PIXELS } from '@/lib/platform/decoding'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { readBlob, storeBlob } from '@/lib/platform/storage'
import type { Style } from '@/lib/styles/schema'
import { getStyle } from '@/lib/styles/server'

const SIDE_PX = 360

/** Makes one of the team's own images the style's thumbnail: a small square, cut where the image is liveliest. Throws `not_found`. */
export async function setStyleThumbnail(actor: Actor, id: string, imageId: string): Promise<Style> {
  await getStyle(actor, id)
  const bytes = await smallSquare(actor, imageId)
  const { sha256, sizeBytes } = await storeBlob(actor.teamId, bytes)
  await db().$transaction(async (tx) => {
    const blob = await tx.blob.upsert({
      where: { teamId_sha256: { teamId: actor.teamId, sha256 } },
      create: { teamId: actor.teamId, sha256, sizeBytes, mimeType: 'image/webp' },
      update: {},
      select: { id: true },
    })
    await setThumbnail(tx, actor, id, blob.id)
  })
  return getStyle(actor, id)
}

/** Throws `not_found` for a style of another team. */
export async function removeStyleThumbnail(actor: Actor, id: string): Promise<Style> {
  await db().$transaction(async (tx) => {
    await setThumbnail(tx, actor, id, null)
  })
  return getStyle(actor, id)
}

async function setThumbnail(tx: Tx, actor: Actor, id: string, thumbnailId: string | null): Promise<void> {
  const [row] = await tx.style.updateManyAndReturn({
    where: { id, teamId: actor.teamId },
    data: { thumbnailId },
    select: { styleId: true },
  })
  if (!row) return
  const detail = { styleId: Number(row.styleId), changed: ['thumbnail'] }
  await auditAct(tx, actor, { act: 'style.changed', subject: id, detail })
  await publish(tx, { team: actor.teamId, kind: 'styles', id })
}

/** Answers a style's own thumbnail (webp) to members of its team; its address changes with its bytes. Throws `not_found`. */
export async function serveStyleThumbnail(request: Request, id: string): Promise<Response> {
  const row = await db().style.findUnique({
    where: { id },
    select: { teamId: true, thumbnail: { select: { sha256: true, sizeBytes: true } } },
  })
  await requireActorIn(request, row?.teamId, { scope: 'read' })
  if (!row?.thumbnail) throw new AppError('not_found')
  const bytes = await readBlob({ ...row.thumbnail, teamId: row.teamId })
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  })
}

async function smallSquare(actor: Actor, imageId: string): Promise<Buffer> {
  const image = await db().image.findFirst({
    where: { id: imageId, teamId: actor.teamId, deletedAt: null, state: 'completed', blurReason: null },
    select: { blob: { select: { sha256: true, sizeBytes: true } } },
  })
  if (!image?.blob) throw new AppError('not_found', { detail: 'There is no such image to take.' })
  const blob = { ...image.blob, teamId: actor.teamId }
  return decodeInTurn(async () =>
    sharp(await readBlob(blob), { limitInputPixels: IMAGE_MAX_PIXELS })
      .timeout({ seconds: DECODE_LIMIT_S })
      .resize(SIDE_PX, SIDE_PX, { fit: 'cover', position: 'attention' })
      .webp({ quality: 82 })
      .toBuffer(),
  )
}
