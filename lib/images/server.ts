import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { visibleTo } from '@/lib/access/visibility'
import { announceImages } from '@/lib/images/announce'
import { findPlaces, placeOf } from '@/lib/images/find'
import { selectImage, toImage } from '@/lib/images/present'
import type {
  ChangedImages,
  Image,
  ImageFilters,
  ImagePage,
  ListImagesQuery,
  Neighbours,
  UpdateImageInput,
} from '@/lib/images/schema'
import { listTrash } from '@/lib/images/trash'
import { page, type Place } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { presentRow, presentRows } from '@/lib/platform/present-rows'
import { accountIdFor } from '@/lib/upstream/server'

const NEIGHBOURS = 20

const seenBy = (actor: Actor) => ({ teamId: actor.teamId, AND: [visibleTo(actor)] })

/** The team's images that match, newest first; with `trash` what the actor may restore, latest first. */
export async function listImages(actor: Actor, query: ListImagesQuery): Promise<ImagePage> {
  if (query.trash) return listTrash(actor, query)
  const { cursor, limit, ...filters } = query
  const places = await findPlaces({
    actor,
    filters,
    limit: limit + 1,
    after: placeOf(cursor),
  })
  const { items, nextCursor } = page(places, limit, (place) => place)
  return { items: await imagesAt(actor, items), nextCursor }
}

/** One image, also from the trash. Throws `not_found`. */
export async function getImage(actor: Actor, id: string): Promise<Image> {
  const row = await db().image.findFirst({ where: { id, ...seenBy(actor) }, select: selectImage })
  if (!row) throw new AppError('not_found', { detail: 'There is no such image.' })
  const accountId = await accountIdFor(actor.teamId)
  return presentRow(row, () => toImage(row, accountId))
}

/** What lies around an image in the list with these filters, whether or not the image itself matches them. Throws `not_found`. */
export async function listNeighbours(actor: Actor, id: string, filters: ImageFilters): Promise<Neighbours> {
  const after = await findPlace(actor, id)
  const walk = { actor, filters, limit: NEIGHBOURS, after }
  const around = async (towards: 'newer' | 'older') => imagesAt(actor, await findPlaces({ ...walk, towards }))
  const [newer, older] = await Promise.all([around('newer'), around('older')])
  return { newer, older }
}

/** Marks an image for the whole team; every member may. Throws `not_found`. */
export async function updateImage(actor: Actor, id: string, input: UpdateImageInput): Promise<Image> {
  await updateImages(actor, { ids: [id], ...input })
  return getImage(actor, id)
}

/** The same for many: `ids` of the answer are those that changed. Throws `not_found` when none of them is the team's. */
export async function updateImages(
  actor: Actor,
  { ids, favourite }: UpdateImageInput & { ids: string[] },
): Promise<ChangedImages> {
  requirePermission(actor, 'change_own')
  const known = await db().image.findMany({
    where: { id: { in: ids }, ...seenBy(actor) },
    select: { id: true, generationId: true, favouriteAt: true },
  })
  if (known.length === 0) throw new AppError('not_found', { detail: 'There is no such image.' })
  const changing = known.filter((row) => (row.favouriteAt !== null) !== favourite)
  const changed = changing.map((row) => row.id)
  await db().$transaction(async (tx) => {
    await tx.image.updateMany({
      where: { id: { in: changed } },
      data: { favouriteAt: favourite ? new Date() : null },
    })
    await announceImages(tx, actor.teamId, changing)
  })
  return { ids: changed }
}

async function findPlace(actor: Actor, id: string): Promise<Place> {
  const place = await db().image.findFirst({
    where: { id, ...seenBy(actor) },
    select: { id: true, createdAt: true },
  })
  if (!place) throw new AppError('not_found', { detail: 'There is no such image.' })
  return place
}

async function imagesAt({ teamId }: Actor, places: Place[]): Promise<Image[]> {
  const where = { id: { in: places.map(({ id }) => id) } }
  const [rows, accountId] = await Promise.all([
    db().image.findMany({ where, select: selectImage }),
    accountIdFor(teamId),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return places.flatMap(({ id }) => {
    const row = byId.get(id)
    return row ? presentRows([row], () => toImage(row, accountId)) : []
  })
}
