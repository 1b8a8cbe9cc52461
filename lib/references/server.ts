import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requireChange, can } from '@/lib/access/permissions'
import { audit, auditAct } from '@/lib/audit/server'
import { trashHorizon } from '@/lib/images/trash'
import { after, page } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { storeBlob } from '@/lib/platform/storage'
import { cleanImage, type CleanImage } from '@/lib/references/clean-image'
import { selectReference, toReference } from '@/lib/references/present'
import type {
  ListReferencesQuery,
  Reference,
  ReferenceList,
  RegisterReferenceInput,
} from '@/lib/references/schema'
import { withUploadedFile } from '@/lib/references/upload'
import { capabilities } from '@/lib/upstream/capabilities'
import { accountIdFor, connectionFor, imageServiceFor } from '@/lib/upstream/server'

/** The team's references at the present account, newest first; in the trash those that the actor may restore. */
export async function listReferences(
  actor: Actor,
  { cursor, limit, trash }: ListReferencesQuery,
): Promise<ReferenceList> {
  const accountId = await accountIdFor(actor.teamId)
  const where = trash
    ? { deletedAt: { gt: trashHorizon() }, ...(!can(actor, 'change_all') && { makerId: actor.userId }) }
    : { deletedAt: null }
  const rows = await db().reference.findMany({
    where: { teamId: actor.teamId, accountId, ...where, ...after(cursor) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: selectReference,
  })
  return { ...page(rows, limit, toReference), canUpload: await canUpload(actor) }
}

/** Flamel documents no way to bring a file to it; the sandbox has one. */
const canUpload = async ({ teamId }: Actor) =>
  capabilities((await connectionFor(teamId)).kind).uploadReference

/**
 * Keeps an uploaded image (cleaned, see `cleanImage`) and brings it upstream. The same image twice is one reference. Throws
 * `conflict` where upstream takes no files.
 */
export async function addReference(actor: Actor, request: Request): Promise<Reference> {
  if (!(await canUpload(actor))) {
    throw new AppError('conflict', { detail: 'This upstream takes no files; register a path instead.' })
  }
  const image = await withUploadedFile(request, cleanImage)
  const stored = await storeBlob(actor.teamId, image.bytes)
  const known = await refreshKnown(actor, stored.sha256)
  if (known) return known
  const path = await sendReference(actor, image)
  return saveReference(actor, { path, image, stored })
}

/** Keeps a path that somebody knows upstream. */
export async function registerReference(actor: Actor, { path }: RegisterReferenceInput): Promise<Reference> {
  return saveReference(actor, { path })
}

/** Throws `not_found` for a reference of another team. */
export async function getReference(actor: Actor, id: string): Promise<Reference> {
  const row = await db().reference.findFirst({ where: { id, teamId: actor.teamId }, select: selectReference })
  if (!row) throw new AppError('not_found')
  return toReference(row)
}

/**
 * Moves a reference to the trash for 30 days; what was generated from it keeps its path. Throws `not_found`,
 * `forbidden` for a colleague's.
 */
export async function removeReference(actor: Actor, id: string): Promise<void> {
  await change(actor, id, { from: null, to: new Date() })
}

/** Takes a reference out of the trash again, within its 30 days. Throws `not_found`, `forbidden` for a colleague's. */
export async function restoreReference(actor: Actor, id: string): Promise<Reference> {
  await change(actor, id, { from: { gt: trashHorizon() }, to: null })
  return getReference(actor, id)
}

/** Twice is once; `not_found` for what is gone for good. */
async function change(
  actor: Actor,
  id: string,
  { from, to }: { from: null | { gt: Date }; to: Date | null },
) {
  await db().$transaction(async (tx) => {
    const where = { id, teamId: actor.teamId }
    const isKept = { OR: [{ deletedAt: null }, { deletedAt: { gt: trashHorizon() } }] }
    const row = await tx.reference.findFirst({ where: { ...where, ...isKept }, select: { makerId: true } })
    if (!row) throw new AppError('not_found')
    requireChange(actor, row.makerId)
    const { count } = await tx.reference.updateMany({
      where: { ...where, deletedAt: from },
      data: { deletedAt: to },
    })
    const act = to ? 'reference.trashed' : 'reference.restored'
    if (count > 0) await auditAct(tx, actor, { act, subject: id })
    await publish(tx, { team: actor.teamId, kind: 'reference', id })
  })
}

/** Forgets what lay in the trash for 30 days; bytes that nothing else owns go with the next purge. */
export async function purgeReferences(now = Date.now()): Promise<number> {
  const where = { deletedAt: { lt: trashHorizon(now) } }
  return db().$transaction(async (tx) => {
    const rows = await tx.reference.groupBy({ by: ['teamId'], where, _count: true })
    for (const { teamId, _count: count } of rows)
      await audit(tx, { teamId, actorId: null, act: 'reference.purged', subject: teamId, detail: { count } })
    return (await tx.reference.deleteMany({ where })).count
  })
}

/** Brings the image upstream and gets the path that generations name it by. */
async function sendReference({ teamId }: Actor, image: CleanImage): Promise<string> {
  const reply = await (await imageServiceFor(teamId)).uploadReference(image)
  if (reply.kind === 'ok') return reply.value.image
  if (reply.kind === 'refused') throw new AppError('upstream_refused', { detail: reply.code })
  throw new AppError('unavailable', {
    detail: 'Upstream did not take the image; try again.',
    retryAfterS: 5,
  })
}

type Kept = { path: string; image?: CleanImage; stored?: { sha256: string; sizeBytes: number } }

async function saveReference(actor: Actor, { path, image, stored }: Kept): Promise<Reference> {
  const accountId = await accountIdFor(actor.teamId)
  const teamId = actor.teamId
  const row = await db().$transaction(async (tx) => {
    const blob =
      image && stored
        ? await tx.blob.upsert({
            where: { teamId_sha256: { teamId, sha256: stored.sha256 } },
            create: { teamId, ...stored, mimeType: image.mimeType },
            update: {},
            select: { id: true },
          })
        : null
    const facts = blob ? { blobId: blob.id, width: image?.width, height: image?.height } : {}
    const saved = await tx.reference.upsert({
      where: { teamId_accountId_path: { teamId, accountId, path } },
      create: { teamId, accountId, path, makerId: actor.userId, ...facts },
      update: { createdAt: new Date(), deletedAt: null, ...facts },
      select: selectReference,
    })
    await publish(tx, { team: teamId, kind: 'reference', id: saved.id })
    return saved
  })
  return toReference(row)
}

/** An image that is already there moves to the head of the list instead of being sent again. */
async function refreshKnown(actor: Actor, sha256: string): Promise<Reference | null> {
  const accountId = await accountIdFor(actor.teamId)
  const [row] = await db().reference.updateManyAndReturn({
    where: { teamId: actor.teamId, accountId, blob: { sha256 } },
    data: { createdAt: new Date(), deletedAt: null },
    select: selectReference,
  })
  return row ? toReference(row) : null
}
