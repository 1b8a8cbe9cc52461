import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { requireChange, requirePermission } from '@/lib/access/permissions'
import { cellsOf, problemOf } from '@/lib/campaign-sets/plan'
import { selectCampaignSet, toCampaignSet } from '@/lib/campaign-sets/present'
import type {
  CampaignSetDetails,
  CampaignSetListQuery,
  CampaignSetPage,
  CampaignSetPlan,
} from '@/lib/campaign-sets/schema'
import { canSee, visibleTo } from '@/lib/access/visibility'
import { cancelQueued } from '@/lib/generations/cancel'
import { insertCells, readHeaders, requireSource } from '@/lib/generations/create'
import { auditAct } from '@/lib/audit/server'
import { publishGenerations } from '@/lib/generations/publication'
import { failedCells, holdCells, listCells, readProgress } from '@/lib/generations/sets'
import { after, page } from '@/lib/platform/cursor'
import { db, isUniqueViolation, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { createImageRequest } from '@/lib/upstream/schema'
import { accountIdFor } from '@/lib/upstream/server'

/** The team's sets, newest first. */
export async function listCampaignSets(
  actor: Actor,
  { cursor, limit }: CampaignSetListQuery,
): Promise<CampaignSetPage> {
  const rows = await db().campaignSet.findMany({
    where: { teamId: actor.teamId, AND: [visibleTo(actor), after(cursor)] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: selectCampaignSet,
  })
  const progressOf = await readProgress(rows.map(({ id }) => id))
  return page(rows, limit, (row) => toCampaignSet(row, progressOf.get(row.id)))
}

/** Throws `not_found` for a set that the actor does not see. */
export async function getCampaignSet(actor: Actor, id: string): Promise<CampaignSetDetails> {
  const row = await db().campaignSet.findFirst({
    where: { id, teamId: actor.teamId, AND: [visibleTo(actor)] },
    select: selectCampaignSet,
  })
  if (!row) throw new AppError('not_found', { detail: 'There is no such set.' })
  const [progressOf, cells] = await Promise.all([readProgress([id]), listCells(actor, id)])
  return { ...toCampaignSet(row, progressOf.get(id)), cells }
}

/**
 * Queues every cell of a set at once, or none. The same `Idempotency-Key` of the same person gives the set that is
 * already there. Throws `validation_failed` with the plan's problem, `not_found` when the source is another team's,
 * `idempotency_key_reused` when the key made another set.
 */
export async function createCampaignSet(
  actor: Actor,
  plan: CampaignSetPlan,
  headers: Headers,
): Promise<CampaignSetDetails> {
  requirePermission(actor, 'generate')
  const cells = requestsOf(plan)
  const accountId = await accountIdFor(actor.teamId)
  if (cells[0]) await requireSource(db(), actor, { accountId, request: cells[0] })
  const { teamId, userId: makerId } = actor
  const asked = readHeaders(headers)
  const key = { teamId, makerId, idempotencyKey: asked.idempotencyKey ?? randomUUID() }
  const isPrivate = asked.isPrivate ?? actor.isPrivateByDefault ?? false
  const requestHash = createHash('sha256').update(JSON.stringify(plan)).digest('hex')
  const known = await findByKey(key)
  if (known) return getCampaignSet(actor, sameRequest(known, requestHash))
  const data = {
    ...{ ...key, requestHash, isPrivate, name: plan.name, prompt: plan.prompt, groupId: randomUUID() },
    products: plan.products.map(({ name }) => name),
  }
  try {
    const { id } = await db().$transaction(async (tx) => {
      const set = await tx.campaignSet.create({ data, select: { id: true, groupId: true } })
      await insertCells(tx, actor, {
        ...{ accountId, setId: set.id, groupId: set.groupId, isPrivate, isHeld: false, hasHead: true },
        cells: cells.map((request, cell) => ({ cell, request })),
      })
      await publish(tx, { team: teamId, kind: 'campaign-set', id: set.id })
      return set
    })
    return getCampaignSet(actor, id)
  } catch (error) {
    const winner = isUniqueViolation(error) ? await findByKey(key) : null
    if (!winner) throw error
    return getCampaignSet(actor, sameRequest(winner, requestHash))
  }
}

/** The requests of a plan as upstream takes them. */
function requestsOf(plan: CampaignSetPlan) {
  const problem = problemOf(plan)
  if (problem) throw invalid(problem.code, 'product' in problem ? (problem.product ?? '') : '')
  return cellsOf(plan).map((cell) => {
    const parsed = createImageRequest.safeParse(cell)
    if (!parsed.success) throw invalid('bad_text', cell.prompt.slice(0, 80))
    return parsed.data
  })
}

const invalid = (code: string, message: string) =>
  new AppError('validation_failed', {
    detail: 'The set cannot be generated as it is.',
    errors: [{ path: 'products', code, message }],
  })

type Key = { teamId: string; makerId: string; idempotencyKey: string }

const findByKey = (key: Key) =>
  db().campaignSet.findUnique({
    where: { teamId_makerId_idempotencyKey: key },
    select: { id: true, requestHash: true },
  })

function sameRequest({ id, requestHash }: { id: string; requestHash: string }, asked: string): string {
  if (requestHash === asked) return id
  throw new AppError('idempotency_key_reused', { detail: 'This Idempotency-Key was used for another set.' })
}

/** Holds what waits in the queue; what is under way ends. Throws `not_found`, `forbidden` for a colleague's, as do all changes of a set. */
export function pauseSet(actor: Actor, id: string): Promise<CampaignSetDetails> {
  return change(actor, id, (tx, set) => setPaused(tx, set, true))
}

/** Lets a paused set go on. */
export function continueSet(actor: Actor, id: string): Promise<CampaignSetDetails> {
  return change(actor, id, (tx, set) => setPaused(tx, set, false))
}

/**
 * Asks once more for every cell of which nothing came, and lets the set go on: twice at once is once. Throws `not_found`
 * where the image that it was made from is at another account than the team's.
 */
export async function retrySet(actor: Actor, id: string): Promise<CampaignSetDetails> {
  requirePermission(actor, 'generate')
  const accountId = await accountIdFor(actor.teamId)
  return change(actor, id, async (tx, set) => {
    await setPaused(tx, set, false)
    const cells = await failedCells(tx, id)
    if (cells[0]) await requireSource(tx, actor, { accountId, request: cells[0].request })
    await insertCells(tx, actor, {
      ...{ accountId, setId: id, groupId: set.groupId, isPrivate: set.isPrivate },
      ...{ cells, isHeld: false, hasHead: false },
    })
  })
}

/** Shows a private set with all of its images to the team. */
export function publishSet(actor: Actor, id: string): Promise<CampaignSetDetails> {
  return change(actor, id, async (tx, set) => {
    const { teamId } = actor
    const { count } = await tx.campaignSet.updateMany({
      where: { id, teamId, isPrivate: true },
      data: { isPrivate: false },
    })
    const published = await publishGenerations(tx, actor, { setId: set.id })
    if (count === 0) return
    await auditAct(tx, actor, { act: 'campaign-set.published', subject: id, detail: { count: published } })
  })
}

/** Takes what waits out of the queue, free of charge; a pause is over with it. */
export function cancelSet(actor: Actor, id: string): Promise<CampaignSetDetails> {
  return change(actor, id, async (tx, set) => {
    await cancelQueued(tx, { setId: id, teamId: actor.teamId })
    await setPaused(tx, set, false)
  })
}

type Held = {
  id: string
  teamId: string
  makerId: string
  groupId: string
  pausedAt: Date | null
  isPrivate: boolean
}

async function setPaused(tx: Tx, { id, teamId, pausedAt }: Held, isPaused: boolean): Promise<void> {
  if ((pausedAt !== null) === isPaused) return
  await tx.campaignSet.update({ where: { id }, data: { pausedAt: isPaused ? new Date() : null } })
  await holdCells(tx, { setId: id, teamId }, isPaused)
}

/** One change of a set at a time: its row is locked until it is done. */
async function change(
  actor: Actor,
  id: string,
  act: (tx: Tx, set: Held) => Promise<unknown>,
): Promise<CampaignSetDetails> {
  await db().$transaction(async (tx) => {
    const [set] = await tx.$queryRaw<Held[]>`
      SELECT id, "teamId", "makerId", "groupId", "pausedAt", "isPrivate" FROM "CampaignSet"
      WHERE id = ${id}::uuid AND "teamId" = ${actor.teamId}::uuid FOR UPDATE`
    if (!set || !canSee(actor, set)) throw new AppError('not_found', { detail: 'There is no such set.' })
    requireChange(actor, set.makerId)
    await act(tx, set)
    await publish(tx, { team: actor.teamId, kind: 'campaign-set', id })
  })
  return getCampaignSet(actor, id)
}
