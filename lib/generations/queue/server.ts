import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { visibleTo } from '@/lib/access/visibility'
import { auditAct } from '@/lib/audit/server'
import { lockClaims, queuePositions } from '@/lib/generations/pipeline/queue'
import type { QueueMode } from '@/lib/generations/queue/modes'
import { selectQueueItem, toQueueItem } from '@/lib/generations/queue/present'
import type { Queue } from '@/lib/generations/queue/schema'
import { UNDER_WAY } from '@/lib/platform/open-statuses'
import { generationChanged } from '@/lib/generations/transition'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { accountIdFor, slotsOf } from '@/lib/upstream/server'

/** Rows that a page of the queue shows. */
const SHOWN = 100

/** What the team has under way and waiting, in the order in which it will be sent. */
export async function getQueue(actor: Actor): Promise<Queue> {
  const { teamId } = actor
  const accountId = await accountIdFor(actor.teamId)
  const [team, account, inUse, underWay, waiting, positions] = await Promise.all([
    db().team.findUniqueOrThrow({ where: { id: teamId }, select: { queueMode: true } }),
    db().upstreamAccount.findUniqueOrThrow({ where: { id: accountId } }),
    db().generation.count({ where: { accountId, status: { in: [...UNDER_WAY] } } }),
    db().generation.findMany({
      where: { teamId, status: { in: [...UNDER_WAY] }, AND: [visibleTo(actor)] },
      orderBy: { claimedAt: 'asc' },
      take: SHOWN,
      select: selectQueueItem,
    }),
    db().generation.findMany({
      where: { teamId, status: 'queued', AND: [visibleTo(actor)] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, createdAt: true, movedUpAt: true },
    }),
    queuePositions(accountId),
  ])
  const next = waiting.toSorted(inTurn(positions)).slice(0, SHOWN)
  const rows = await db().generation.findMany({
    where: { id: { in: next.map(({ id }) => id) } },
    select: selectQueueItem,
  })
  return {
    mode: team.queueMode,
    slots: { total: slotsOf(account), inUse },
    waiting: waiting.length,
    items: [...underWay, ...rows.toSorted(inTurn(positions))].flatMap(
      (row) => toQueueItem(row, positions) ?? [],
    ),
  }
}

type Waiting = { id: string; createdAt: Date; movedUpAt: Date | null }

/** By place; what has none, as it is held or the queue is paused, comes last: what was moved up, then the oldest. */
const inTurn = (positions: ReadonlyMap<string, number>) => (a: Waiting, b: Waiting) => {
  const [placeA, placeB] = [positions.get(a.id), positions.get(b.id)]
  if (placeA !== undefined || placeB !== undefined) return (placeA ?? Infinity) - (placeB ?? Infinity)
  return +(b.movedUpAt ?? 0) - +(a.movedUpAt ?? 0) || +a.createdAt - +b.createdAt
}

/**
 * Stops the team's queue, lets it run empty, or opens it again. What is under way ends in any case; of a queue that is
 * stopped nothing is sent any more from the return on.
 */
export async function setQueueMode(actor: Actor, mode: QueueMode): Promise<Queue> {
  requirePermission(actor, 'manage_queue')
  const { teamId } = actor
  const accountId = await accountIdFor(teamId)
  await db().$transaction(async (tx) => {
    await lockClaims(tx, { teamId, accountId })
    const { count } = await tx.team.updateMany({
      where: { id: teamId, queueMode: { not: mode } },
      data: { queueMode: mode },
    })
    if (count === 0) return
    await auditAct(tx, actor, { act: 'queue.changed', subject: teamId, detail: { mode } })
    await publish(tx, { team: teamId, kind: 'queue', id: teamId })
  })
  return getQueue(actor)
}

/**
 * Moves a generation to the front of its team's queue; other teams of the same account wait no longer for it. Throws
 * `not_found`, and `no_longer_queued` once it was claimed or canceled.
 */
export async function moveToFront(actor: Actor, id: string): Promise<Queue> {
  requirePermission(actor, 'manage_queue')
  const { teamId } = actor
  await db().$transaction(async (tx) => {
    const known = await tx.generation.findFirst({ where: { id, teamId }, select: { id: true } })
    if (!known) throw new AppError('not_found', { detail: 'There is no such generation.' })
    const { count } = await tx.generation.updateMany({
      where: { id, status: 'queued' },
      data: { movedUpAt: new Date() },
    })
    if (count === 0) throw new AppError('no_longer_queued', { detail: 'It does not wait any more.' })
    await auditAct(tx, actor, { act: 'queue.moved', subject: id })
    await publish(tx, generationChanged(teamId, id))
    await publish(tx, { team: teamId, kind: 'queue', id: teamId })
  })
  return getQueue(actor)
}
