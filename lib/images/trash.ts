import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requireChange, can, canChange } from '@/lib/access/permissions'
import { visibleTo } from '@/lib/access/visibility'
import { auditAct } from '@/lib/audit/server'
import { announceImages } from '@/lib/images/announce'
import { placeOf } from '@/lib/images/find'
import { TRASH_DAYS } from '@/lib/images/limits'
import { selectImage, toImage } from '@/lib/images/present'
import type { ChangedImages, ImagePage, ListImagesQuery } from '@/lib/images/schema'
import { page } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { AppError } from '@/lib/platform/errors'
import { accountIdFor } from '@/lib/upstream/server'

/** Before this moment what was thrown away is gone for good. */
export const trashHorizon = (now = Date.now()): Date => new Date(now - TRASH_DAYS * DAY_MS)

/** What the actor may restore: their own, an admin everyone's; latest first. */
export async function listTrash(actor: Actor, { cursor, limit }: ListImagesQuery): Promise<ImagePage> {
  const place = placeOf(cursor)
  const rows = await db().image.findMany({
    where: {
      teamId: actor.teamId,
      deletedAt: { gt: trashHorizon() },
      blobId: { not: null },
      ...(!can(actor, 'change_all') && { makerId: actor.userId }),
      ...(place && {
        OR: [{ deletedAt: { lt: place.createdAt } }, { deletedAt: place.createdAt, id: { lt: place.id } }],
      }),
    },
    select: selectImage,
    orderBy: [{ deletedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const places = rows.map((row) => ({ id: row.id, createdAt: row.deletedAt ?? row.createdAt, row }))
  const accountId = await accountIdFor(actor.teamId)
  return page(places, limit, ({ row }) => toImage(row, accountId))
}

/** Moves an image to the trash for 30 days. What was spent stays. Throws `not_found`, `forbidden` for a colleague's image. */
export async function trashImage(actor: Actor, id: string): Promise<void> {
  const row = await db().image.findFirst({
    where: { id, teamId: actor.teamId, AND: [visibleTo(actor)] },
    select: { makerId: true },
  })
  if (!row) throw new AppError('not_found', { detail: 'There is no such image.' })
  requireChange(actor, row.makerId)
  await trashImages(actor, [id])
}

/**
 * Moves those of the images to the trash that the actor may; throws `forbidden` when that is none of them, `not_found`
 * when none is seen.
 */
export async function trashImages(actor: Actor, ids: string[]): Promise<ChangedImages> {
  const allowed = await changeable(actor, ids)
  return change(actor, allowed, {
    where: { deletedAt: null },
    data: { deletedAt: new Date(), deletedById: actor.userId },
  })
}

/** Takes images out of the trash again, within their 30 days. Throws as `trashImages` does. */
export async function restoreImages(actor: Actor, ids: string[]): Promise<ChangedImages> {
  const allowed = await changeable(actor, ids)
  return change(actor, allowed, {
    where: { deletedAt: { gt: trashHorizon() }, blobId: { not: null } },
    data: { deletedAt: null, deletedById: null },
  })
}

type Change = {
  where: { deletedAt: null | { gt: Date }; blobId?: { not: null } }
  data: { deletedAt: Date | null; deletedById: string | null }
}

async function change(actor: Actor, ids: string[], { where, data }: Change): Promise<ChangedImages> {
  return db().$transaction(async (tx) => {
    const rows = await tx.image.updateManyAndReturn({
      where: { id: { in: ids }, teamId: actor.teamId, ...where },
      data,
      select: { id: true, generationId: true },
    })
    await announceImages(tx, actor.teamId, rows)
    const [first] = rows
    const act = data.deletedAt ? 'image.trashed' : 'image.restored'
    if (first) await auditAct(tx, actor, { act, subject: first.id, detail: { count: rows.length } })
    return { ids: rows.map(({ id }) => id) }
  })
}

async function changeable(actor: Actor, ids: string[]): Promise<string[]> {
  const rows = await db().image.findMany({
    where: { id: { in: ids }, teamId: actor.teamId, AND: [visibleTo(actor)] },
    select: { id: true, makerId: true },
  })
  if (rows.length === 0) throw new AppError('not_found', { detail: 'There is no such image.' })
  const allowed = rows.filter((row) => canChange(actor, row.makerId))
  if (allowed.length === 0) throw new AppError('forbidden')
  return allowed.map(({ id }) => id)
}
