import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission, requireChange } from '@/lib/access/permissions'
import { visibleTo } from '@/lib/access/visibility'
import { auditAct } from '@/lib/audit/server'
import { cancelQueued } from '@/lib/generations/cancel'
import { insertGeneration, readHeaders } from '@/lib/generations/create'
import { readKeys } from '@/lib/generations/keys'
import { queuePositions } from '@/lib/generations/pipeline/queue'
import { generationInclude, notInLists, toGeneration, type GenerationRow } from '@/lib/generations/present'
import { publishGenerations } from '@/lib/generations/publication'
import type {
  Generation,
  GenerationInput,
  GenerationListQuery,
  GenerationPage,
  Resolution,
} from '@/lib/generations/schema'
import { readProgress } from '@/lib/generations/sets'
import { CAME_TO_NOTHING } from '@/lib/generations/status'
import { generationChanged, moveOne } from '@/lib/generations/transition'
import { after, page } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { presentRow } from '@/lib/platform/present-rows'
import { accountIdFor } from '@/lib/upstream/server'
import type { Prisma } from '@/prisma/generated/client'

/** Accepts a request: queued and durable when this returns; the call upstream comes later. Errors: see insertGeneration. */
export async function createGeneration(
  actor: Actor,
  request: GenerationInput,
  headers: Headers,
): Promise<Generation> {
  requirePermission(actor, 'generate')
  const { id } = await insertGeneration(actor, { request, ...readHeaders(headers) })
  return getGeneration(actor, id)
}

export async function getGeneration(actor: Actor, id: string): Promise<Generation> {
  const row = await findRow(actor, id)
  const positions = row.status === 'queued' ? await queuePositions(row.accountId) : undefined
  const [accountId, keys] = await Promise.all([accountIdFor(actor.teamId), readKeys([row])])
  return presentRow(row, () => toGeneration(row, { accountId, queuePosition: positions?.get(id), keys }))
}

/** The team's generations, newest first; `mine` leaves only the actor's. */
export async function listGenerations(actor: Actor, query: GenerationListQuery): Promise<GenerationPage> {
  const { cursor, limit, mine, groupId, status, dismissed } = query
  const rows = await db().generation.findMany({
    where: {
      teamId: actor.teamId,
      ...(mine && { makerId: actor.userId }),
      ...(groupId && { groupId }),
      ...(status && { status }),
      ...(dismissed !== undefined && { dismissedAt: dismissed ? { not: null } : null }),
      AND: [whichOf(query), visibleTo(actor), after(cursor)],
    },
    include: generationInclude,
    omit: notInLists,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const queued = rows.find((row) => row.status === 'queued')
  const heads = rows.flatMap(({ isSetHead, setId }) => (isSetHead && setId ? [setId] : []))
  const [accountId, positions, progressOf, keys] = await Promise.all([
    accountIdFor(actor.teamId),
    queued && queuePositions(queued.accountId),
    readProgress(heads),
    readKeys(rows),
  ])
  return page(rows, limit, (row) =>
    toGeneration(row, {
      accountId,
      keys,
      queuePosition: positions?.get(row.id),
      progress: row.isSetHead && row.setId ? progressOf.get(row.setId) : undefined,
    }),
  )
}

/** The asked ids; folded, whatever stands for the sets that they are in. */
function whichOf({ ids, sets }: GenerationListQuery): Prisma.GenerationWhereInput {
  const asked = ids && { id: { in: ids } }
  if (!sets) return asked ?? {}
  const ofSets = { isSetHead: true, ...(ids && { set: { generations: { some: { id: { in: ids } } } } }) }
  return { OR: [{ setId: null, ...asked }, ofSets] }
}

/** Takes a generation out of the queue, free of charge. Throws `no_longer_cancelable` once it was claimed. */
export async function cancelGeneration(actor: Actor, id: string): Promise<Generation> {
  const row = await findRow(actor, id)
  requireChange(actor, row.makerId)
  const canceled = await db().$transaction((tx) => cancelQueued(tx, { id, teamId: actor.teamId }))
  if (canceled.length === 0)
    throw new AppError('no_longer_cancelable', { detail: 'It is already on its way or finished.' })
  return getGeneration(actor, id)
}

/** Shows a private generation with its images to the team; for one that is not private nothing changes. */
export async function publishGeneration(actor: Actor, id: string): Promise<Generation> {
  const row = await findRow(actor, id)
  requireChange(actor, row.makerId)
  await db().$transaction(async (tx) => {
    const published = await publishGenerations(tx, actor, { id })
    if (published > 0) await auditAct(tx, actor, { act: 'generation.published', subject: id })
  })
  return getGeneration(actor, id)
}

/** A person settles an `unknown` end: `charged` or `not_charged`. Images that were salvaged stay. Throws `not_unknown`. */
export async function resolveGeneration(
  actor: Actor,
  id: string,
  resolution: Resolution,
): Promise<Generation> {
  const row = await findRow(actor, id)
  requireChange(actor, row.makerId)
  const hasImages = row.images.some((image) => image.state === 'completed')
  const known = { charged: resolution === 'charged' ? 'yes' : 'no', resolvedById: actor.userId } as const
  const settled = await db().$transaction(async (tx) => {
    const moved = hasImages
      ? await moveOne(tx, 'confirm', { id }, known)
      : await moveOne(tx, 'dismiss', { id }, { ...known, errorCode: 'generation_unknown' })
    if (moved) await auditAct(tx, actor, { act: 'generation.resolved', subject: id, detail: { resolution } })
    return moved
  })
  if (!settled) throw new AppError('not_unknown', { detail: 'Its end is known already.' })
  return getGeneration(actor, id)
}

/**
 * Puts away in the feed, or takes back, that nothing came of a generation. The row stays what it was. Throws
 * `not_dismissible` for one that is under way, succeeded or has an end that nobody knows.
 */
export async function setDismissed(actor: Actor, id: string, isDismissed: boolean): Promise<Generation> {
  const row = await findRow(actor, id)
  requireChange(actor, row.makerId)
  await db().$transaction(async (tx) => {
    const { count } = await tx.generation.updateMany({
      where: { id, status: { in: [...CAME_TO_NOTHING] } },
      data: { dismissedAt: isDismissed ? new Date() : null },
    })
    if (count === 0)
      throw new AppError('not_dismissible', { detail: 'Only what brought nothing can be put away.' })
    await publish(tx, generationChanged(actor.teamId, id))
  })
  return getGeneration(actor, id)
}

async function findRow(actor: Actor, id: string): Promise<GenerationRow> {
  const row = await db().generation.findFirst({
    where: { id, teamId: actor.teamId, AND: [visibleTo(actor)] },
    include: generationInclude,
    omit: notInLists,
  })
  if (!row) throw new AppError('not_found', { detail: 'There is no such generation.' })
  return row
}
