import 'server-only'
import { keyOf, type Actor } from '@/lib/access/actor'
import { can } from '@/lib/access/permissions'
import { roleCan } from '@/lib/access/roles'
import { hashPassword } from '@/lib/account/password'
import { auditAct } from '@/lib/audit/server'
import { after, page } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { newToken, seal, tokenHash } from '@/lib/platform/secret'
import { imagesWhere } from '@/lib/share-links/images'
import { presentLinks, SEAL_PURPOSE, selectLink } from '@/lib/share-links/present'
import { canManage } from '@/lib/share-links/permissions'
import type {
  CreateShareLinkInput,
  ListShareLinksQuery,
  ShareLink,
  ShareLinkList,
  ShareLinkTarget,
  UpdateShareLinkInput,
} from '@/lib/share-links/schema'
import { targetIdOf } from '@/lib/share-links/selection'
import { endOf } from '@/lib/share-links/state'

/** The team's links, newest first; everybody of the team sees them all, with the address to copy again. */
export async function listShareLinks(actor: Actor, query: ListShareLinksQuery): Promise<ShareLinkList> {
  const rows = await db().shareLink.findMany({
    where: {
      teamId: actor.teamId,
      ...(query.mine ? { makerId: actor.userId } : {}),
      ...(query.target ? { target: query.target, targetId: query.targetId } : {}),
      AND: [stateWhere(query.state), after(query.cursor)],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
    select: selectLink,
  })
  const shown = page(rows, query.limit, (row) => row)
  return { items: await presentLinks(actor, shown.items), nextCursor: shown.nextCursor }
}

/** Throws `not_found` for a link of another team. */
export async function getShareLink(actor: Actor, id: string): Promise<ShareLink> {
  const row = await db().shareLink.findFirst({ where: { id, teamId: actor.teamId }, select: selectLink })
  const [link] = row ? await presentLinks(actor, [row]) : []
  if (!link) throw new AppError('not_found')
  return link
}

/**
 * Opens a public address to images. A member links what they made themselves, an admin everybody's
 * (`forbidden`); what has no image to show is `not_found`.
 */
export async function createShareLink(
  actor: Actor,
  { target, expiresInDays, password, ...options }: CreateShareLinkInput,
): Promise<ShareLink> {
  const imageIds = await requireLinkable(actor, target)
  const token = newToken()
  const passwordHash = password === null ? null : await hashPassword(password)
  const id = await db().$transaction(async (tx) => {
    const row = await tx.shareLink.create({
      data: {
        ...options,
        teamId: actor.teamId,
        makerId: actor.userId,
        apiKeyId: keyOf(actor),
        target: target.kind,
        targetId: targetIdOf(target),
        imageIds,
        tokenHash: tokenHash(token),
        tokenCipher: seal(SEAL_PURPOSE, token),
        passwordHash,
        expiresAt: endOf(expiresInDays),
      },
      select: { id: true },
    })
    const detail = { target: target.kind, targetId: targetIdOf(target), hasPassword: password !== null }
    await auditAct(tx, actor, { act: 'share-link.created', subject: row.id, detail })
    await publish(tx, { team: actor.teamId, kind: 'share-link', id: row.id })
    return row.id
  })
  return getShareLink(actor, id)
}

/**
 * Changes what a link shows and how long; a new term counts from now. A revoked link stays revoked (`conflict`). Throws
 * `not_found`, `forbidden`.
 */
export async function updateShareLink(
  actor: Actor,
  id: string,
  { password, expiresInDays, ...options }: UpdateShareLinkInput,
): Promise<ShareLink> {
  await requireManageable(actor, id)
  const passwordHash = password ? await hashPassword(password) : password
  const expiresAt = expiresInDays === undefined ? undefined : endOf(expiresInDays)
  await db().$transaction(async (tx) => {
    const { count } = await tx.shareLink.updateMany({
      where: { id, teamId: actor.teamId, revokedAt: null },
      data: { ...options, passwordHash, expiresAt },
    })
    if (count === 0) throw new AppError('conflict', { detail: 'A revoked link cannot be changed.' })
    const changed = Object.keys({
      ...options,
      ...(password === undefined ? {} : { password }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    })
    await auditAct(tx, actor, { act: 'share-link.changed', subject: id, detail: { changed } })
    await publish(tx, { team: actor.teamId, kind: 'share-link', id })
  })
  return getShareLink(actor, id)
}

/** Ends a link for good, together with the bytes behind it. Ending it twice is one end. Throws `not_found`, `forbidden`. */
export async function revokeShareLink(actor: Actor, id: string): Promise<ShareLink> {
  await requireManageable(actor, id)
  await db().$transaction(async (tx) => {
    const { count } = await tx.shareLink.updateMany({
      where: { id, teamId: actor.teamId, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    if (count === 0) return
    await auditAct(tx, actor, { act: 'share-link.revoked', subject: id })
    await publish(tx, { team: actor.teamId, kind: 'share-link', id })
  })
  return getShareLink(actor, id)
}

function stateWhere(state: ListShareLinksQuery['state']) {
  const now = new Date()
  if (state === 'open') return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  if (state === 'ended') return { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] }
  return {}
}

/** The images of a selection that may be linked; none for the other targets, whose images are found by their id. */
async function requireLinkable(actor: Actor, target: ShareLinkTarget): Promise<string[]> {
  const asked = target.kind === 'selection' ? target.ids : []
  const aim = { teamId: actor.teamId, makerId: actor.userId, target: target.kind, imageIds: asked }
  const isForAll = target.kind !== 'group' || roleCan(actor.role, 'link_all')
  const where = imagesWhere({ ...aim, targetId: targetIdOf(target), isForAll })
  const any = await db().image.findFirst({ where, select: { id: true } })
  if (!any) throw new AppError('not_found', { detail: 'There is no image to share.' })
  const foreign = { AND: [where, { makerId: { not: actor.userId } }] }
  const isForeign = () => db().image.findFirst({ where: foreign, select: { id: true } })
  if (!can(actor, 'link_all') && (await isForeign())) throw new AppError('forbidden')
  if (asked.length === 0) return []
  const chosen = await db().image.findMany({ where, select: { id: true } })
  return chosen.map(({ id }) => id)
}

async function requireManageable(actor: Actor, id: string): Promise<void> {
  const link = await db().shareLink.findFirst({
    where: { id, teamId: actor.teamId },
    select: { makerId: true },
  })
  if (!link) throw new AppError('not_found')
  if (!canManage(actor, link.makerId)) throw new AppError('forbidden')
}
