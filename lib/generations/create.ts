import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { canUse } from '@/lib/access/visibility'
import {
  askedBudgets,
  holdGenerations,
  holding,
  requireCover,
  type Asked as Budget,
} from '@/lib/budgets/hold'
import { changesOf, generationChanged } from '@/lib/generations/transition'
import { isUnsent, lockBody, unanswered, waitOn, type Asked } from '@/lib/generations/unanswered'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { announcing, publish } from '@/lib/platform/events'
import { newId } from '@/lib/platform/ids'
import { columnsOf, PREPARED } from '@/lib/platform/prepared'
import { sqlTransaction, type SqlTx } from '@/lib/platform/sql-transaction'
import type { CreateImageRequest } from '@/lib/upstream/schema'
import { accountIdFor } from '@/lib/upstream/server'
import { Prisma, type Generation } from '@/prisma/generated/client'

export type NewGeneration = {
  request: CreateImageRequest
  platform?: string
  type?: string
  idempotencyKey?: string
  /** Only its maker and admins see it; absent: as the team has it. */
  isPrivate?: boolean
  /** Only for a drop-in request: until when it may wait in the queue. */
  dropIn?: { queueDeadline: Date }
}

const HEADER_MAX = 200
const KNOWN = columnsOf(Prisma.GenerationScalarFieldEnum, 'known')

/** The headers that belong to a request. Throws `validation_failed` for one that says nothing known or is longer than 200 characters. */
export function readHeaders(
  headers: Headers,
): Pick<NewGeneration, 'platform' | 'type' | 'idempotencyKey' | 'isPrivate'> {
  const read = (name: string) => {
    const value = headers.get(name) ?? undefined
    if (value && value.length > HEADER_MAX) {
      throw new AppError('validation_failed', { detail: `${name} is longer than ${HEADER_MAX} characters.` })
    }
    return value
  }
  const visibility = read('x-studio-visibility')
  if (visibility !== undefined && visibility !== 'private' && visibility !== 'team') {
    throw new AppError('validation_failed', { detail: 'x-studio-visibility is private or team.' })
  }
  return {
    platform: read('x-platform'),
    type: read('x-type'),
    idempotencyKey: read('idempotency-key') || undefined,
    isPrivate: visibility && visibility === 'private',
  }
}

/**
 * Commits the request as a queued Generation and wakes the dispatchers; nothing is sent here. The same
 * `idempotencyKey` of the same principal gives the Generation that is already there; a drop-in request without one
 * joins what an identical body asked for and nobody has taken yet (`isJoined`).
 * Throws `budget_exceeded` with the budget that does not cover it, `idempotency_key_reused` when that one had another
 * body, `not_found` when the source or group is another team's, `queue_draining` while nothing new is taken.
 */
export async function insertGeneration(
  actor: Actor,
  wanted: NewGeneration,
): Promise<Generation & { isJoined?: boolean }> {
  const accountId = await accountIdFor(actor.teamId)
  const requestHash = hashRequest(wanted)
  const known = await findByKey(actor, wanted.idempotencyKey)
  if (known && !(wanted.dropIn && isUnsent(known))) return sameRequest(known, requestHash)
  requireOpenQueue(actor)
  await requireSource(db(), actor, { accountId, request: wanted.request })
  const group = await resolveGroup(actor, accountId, wanted)
  const row = { ...toRow(actor, wanted), accountId, requestHash, ...group }
  const isJoining = wanted.dropIn !== undefined && !wanted.idempotencyKey
  const asked = isJoining ? { actor, requestHash } : undefined
  const generation = await sqlTransaction(async (tx) => {
    if (known) await freeKey(tx, known)
    const [, inserted] = await Promise.all([
      asked && lockBody(tx, asked),
      joinOrInsert(tx, actor, row, asked),
    ])
    if (inserted?.isJoined) await waitOn(tx, inserted.generation, wanted.dropIn?.queueDeadline)
    return inserted && { ...inserted.generation, isJoined: inserted.isJoined }
  })
  if (generation) return generation
  const winner = await findByKey(actor, wanted.idempotencyKey)
  if (!winner) throw new Error('a generation was neither inserted nor found')
  return sameRequest(winner, requestHash)
}

type Row = ReturnType<typeof toRow> & {
  accountId: string
  requestHash: string
  groupId: string
  request: Prisma.InputJsonObject
}

/**
 * Queues the row, holds what it may cost and wakes the dispatchers, unless what `asked` names is there already: one
 * statement. Undefined where the `Idempotency-Key` is another's meanwhile.
 */
async function joinOrInsert(tx: SqlTx, actor: Actor, row: Row, asked?: Asked) {
  const at = new Date()
  const joined = asked ? unanswered(asked) : Prisma.sql`SELECT * FROM "Generation" WHERE false`
  const [found] = await tx.$queryRaw<
    (Generation & { isJoined: boolean; budgets: Budget[]; told: bigint })[]
  >`${PREPARED}
    WITH joined AS (${joined}), inserted AS (
      ${insertion(row, at)} WHERE NOT EXISTS (SELECT FROM joined)
      ON CONFLICT ("teamId", principal, "idempotencyKey") DO NOTHING RETURNING *
    ), ${holding(actor, at, Prisma.sql`inserted`)}, told AS (${announcing(changesOf(Prisma.sql`inserted`))})
    SELECT ${KNOWN}, known."isJoined", ${askedBudgets} AS budgets, (SELECT count(*) FROM told) AS told
    FROM (SELECT *, false AS "isJoined" FROM inserted UNION ALL SELECT *, true FROM joined) known`
  if (!found) return undefined
  const { isJoined, budgets, told: _, ...generation } = found
  await requireCover(tx, actor, { at, budgets })
  return { generation, isJoined }
}

/** SQL that inserts the row, without its end. */
const insertion = (row: Row, at: Date) => Prisma.sql`
  INSERT INTO "Generation" (id, "teamId", "makerId", principal, "accountId", "groupId", prompt, ratio, sample, "sourceKind",
    "styleId", "imageId", reference, request, platform, type, "idempotencyKey", "requestHash", "isDropIn", "isPrivate",
    "queueDeadline", "createdAt")
  SELECT ${newId()}::uuid, ${row.teamId}::uuid, ${row.makerId}::uuid, ${row.principal}, ${row.accountId}::uuid, ${row.groupId},
    ${row.prompt}, ${row.ratio}, ${row.sample}::int, ${row.sourceKind}::"SourceKind", ${row.styleId}::bigint,
    ${row.imageId}::bigint, ${row.reference}, ${JSON.stringify(row.request)}::jsonb, ${row.platform}, ${row.type},
    ${row.idempotencyKey}, ${row.requestHash}, ${row.isDropIn}::boolean, ${row.isPrivate}::boolean,
    ${row.queueDeadline}::timestamptz, ${at}::timestamptz`

/** Cells of a set, in one group: what `insertCells` writes. */
export type NewCells = {
  accountId: string
  setId: string
  groupId: string
  isPrivate: boolean
  cells: readonly { cell: number; request: CreateImageRequest }[]
  /** Nothing of it is sent before the set goes on. */
  isHeld: boolean
  /** The first of them stands for the set in the feed. */
  hasHead: boolean
}

/**
 * Queues the cells of a set in the transaction that makes or changes it, the first to be sent first, and wakes the
 * dispatchers. Who may, and whose source it is, was asked before (`requireSource`). Throws `budget_exceeded`.
 */
export async function insertCells(tx: Tx, actor: Actor, { cells, ...of }: NewCells) {
  if (cells.length === 0) return
  requireOpenQueue(actor)
  const { accountId, setId, groupId } = of
  const begin = Date.now() - cells.length // a millisecond each keeps their order
  const rows = await tx.generation.createManyAndReturn({
    data: cells.map(({ cell, request }, place) => ({
      ...toRow(actor, { request, isPrivate: of.isPrivate }),
      ...{ accountId, groupId, setId, setCell: cell, isHeld: of.isHeld },
      isSetHead: of.hasHead && place === 0,
      request: { ...request, groupId } satisfies Prisma.InputJsonObject,
      requestHash: hashRequest({ request }),
      createdAt: new Date(begin + place),
    })),
    select: { id: true },
  })
  const ids = rows.map(({ id }) => id)
  await holdGenerations(tx, actor, ids)
  await publish(tx, ...ids.map((id) => generationChanged(actor.teamId, id, 'queued', accountId)))
}

/** What nothing was sent for gives its `Idempotency-Key` away. */
async function freeKey(tx: SqlTx, { id, idempotencyKey }: Generation): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Generation" SET "idempotencyKey" = NULL WHERE id = ${id}::uuid AND "idempotencyKey" = ${idempotencyKey}`
}

/** SHA-256 of what decides the images: body and headers, with members in one order. */
export function hashRequest({
  request,
  platform,
  type,
}: Pick<NewGeneration, 'request' | 'platform' | 'type'>): string {
  const members = Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([members, platform ?? null, type ?? null]))
    .digest('hex')
}

async function findByKey({ teamId, principal }: Actor, idempotencyKey: string | undefined) {
  return idempotencyKey ? db().generation.findFirst({ where: { teamId, principal, idempotencyKey } }) : null
}

function sameRequest(found: Generation, requestHash: string): Generation {
  if (found.requestHash === requestHash) return found
  throw new AppError('idempotency_key_reused', {
    detail: 'This Idempotency-Key was used for another request.',
  })
}

function requireOpenQueue({ isDraining }: Actor): void {
  if (!isDraining) return
  throw new AppError('queue_draining', {
    detail: 'An admin takes no new generations for now.',
    retryAfterS: 60,
  })
}

/**
 * Throws `not_found` for an image or reference that this Studio knows only from another team, as another's private one,
 * or at another account.
 */
export async function requireSource(
  tx: Tx,
  actor: Actor,
  { accountId, request }: { accountId: string; request: CreateImageRequest },
): Promise<void> {
  if (request.imageId !== undefined) {
    const owners = await tx.image.findMany({
      where: { accountId, upstreamId: BigInt(request.imageId) },
      select: { teamId: true, makerId: true, isPrivate: true },
    })
    if (!canUse(actor, owners)) throw noSource(request.imageId)
    if (owners.length === 0) await refuseOtherAccounts(tx, actor.teamId, request.imageId)
  }
  if (request.image !== undefined) {
    const owners = await tx.reference.findMany({
      where: { accountId, path: request.image },
      select: { teamId: true, makerId: true },
    })
    if (!canUse(actor, owners)) throw noSource(request.image)
  }
}

const noSource = (name: string | number) => new AppError('not_found', { detail: `no_input_image (${name})` })

/** An image that the team has from another account means nothing to this one, or is somebody else's there. */
async function refuseOtherAccounts(tx: Tx, teamId: string, imageId: number): Promise<void> {
  const image = await tx.image.findFirst({
    where: { teamId, upstreamId: BigInt(imageId) },
    select: { id: true },
  })
  if (image) throw noSource(imageId)
}

/**
 * The lineage. A known group, ours or upstream's, is continued with the id that upstream returned; an unknown one
 * begins under the given name; one that only another team has is not found.
 */
async function resolveGroup(actor: Actor, accountId: string, { request }: NewGeneration) {
  const asked = request.groupId
  if (!asked) {
    const groupId = randomUUID()
    return { groupId, request: { ...request, groupId } satisfies Prisma.InputJsonObject }
  }
  const relatives = await db().generation.findMany({
    where: { accountId, OR: [{ groupId: asked }, { upstreamGroupId: asked }] },
    orderBy: { createdAt: 'desc' },
    distinct: ['teamId'],
    select: { teamId: true, groupId: true, upstreamGroupId: true },
  })
  const own = relatives.find((relative) => relative.teamId === actor.teamId)
  if (!own && relatives.length > 0) throw new AppError('not_found', { detail: 'There is no such group.' })
  const groupId = own?.groupId ?? asked
  const sent = own?.upstreamGroupId ?? asked
  return { groupId, request: { ...request, groupId: sent } satisfies Prisma.InputJsonObject }
}

function toRow(actor: Actor, { request, platform, type, idempotencyKey, dropIn, isPrivate }: NewGeneration) {
  const { prompt, ratio, sample, styleId, imageId, image } = request
  const sourceKind = image !== undefined ? 'reference' : styleId !== undefined ? 'style' : 'image'
  return {
    teamId: actor.teamId,
    makerId: actor.userId,
    principal: actor.principal,
    ...{ prompt, ratio, sample },
    platform: platform ?? null,
    type: type ?? null,
    idempotencyKey: idempotencyKey ?? null,
    sourceKind,
    styleId: styleId === undefined ? null : BigInt(styleId),
    imageId: imageId === undefined ? null : BigInt(imageId),
    reference: image ?? null,
    isDropIn: dropIn !== undefined,
    isPrivate: isPrivate ?? actor.isPrivateByDefault ?? false,
    queueDeadline: dropIn?.queueDeadline ?? null,
  } as const
}
