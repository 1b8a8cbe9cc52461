import 'server-only'
import { EDGES, isOpen, type Edge, type Status } from '@/lib/generations/status'
import { correctEnd, endHolds } from '@/lib/ledger/holds'
import type { Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { publish } from '@/lib/platform/events'
import { metrics } from '@/lib/platform/metrics'
import type { Generation, Prisma } from '@/prisma/generated/client'

/** The states in which nothing is held any more; `unknown` is none of them. */
const ENDS: Status[] = ['succeeded', 'failed', 'canceled']

/** Writes down what came with a change of state, and says what is to be announced of it. */
export type Recording = () => Promise<StudioEvent[]>

const released = { leaseOwner: null, leaseExpiresAt: null }

/**
 * The one writer of `Generation.status`: takes every generation that `where` finds over the edge, if the edge begins
 * where it is now, ends what was held for it and tells everybody. What follows a change of state hangs here. Returns what
 * was moved, as it is now: for what is missing somebody else was first, and the caller must not act. `record` writes down
 * what came with the change, before the ledger: what the balances prove decides what is settled, and whoever holds the
 * counters of budgets waits for nothing else.
 */
export async function transition(
  tx: Tx,
  edge: Edge,
  { where, record }: { where: Prisma.GenerationWhereInput; record?: Recording },
  data: Omit<Prisma.GenerationUpdateManyMutationInput, 'status'>,
): Promise<Generation[]> {
  const { from, to } = EDGES[edge]
  const isHeld = isOpen(to) && to !== 'queued'
  const moved = await tx.generation.updateManyAndReturn({
    where: { AND: [where, { status: { in: [...from] } }] },
    data: { ...(!isHeld && released), ...data, status: to },
  })
  if (moved.length === 0) return moved
  for (const one of moved) measure(one, to)
  const events = (await record?.()) ?? []
  if (edge === 'revive') for (const { id } of moved) await correctEnd(tx, id)
  else if (ENDS.includes(to)) await endHolds(tx, idsOf(moved))
  await publish(
    tx,
    ...events,
    ...moved.map(({ id, teamId, accountId }) => generationChanged(teamId, id, to, accountId)),
  )
  return moved
}

/** Counted where it is written: in the rare transaction that fails after this, once too often. */
function measure({ createdAt, claimedAt }: Generation, to: Status): void {
  const { queueWait, generations } = metrics()
  if (to === 'sending' && claimedAt) queueWait.observe(secondsSince(createdAt, claimedAt.getTime()))
  if (!isOpen(to)) generations.observe({ status: to }, secondsSince(createdAt))
}

const secondsSince = (from: Date, to = Date.now()) => Math.max(0, (to - from.getTime()) / 1_000)

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

/**
 * What is announced when a generation changed or came to be; `status` when that is a new state, with the upstream
 * account whose dispatchers act on it.
 */
export function generationChanged(team: string, id: string, status?: Status, account?: string): StudioEvent {
  return { team, kind: 'generation', id, status, account }
}

/** The same for one generation, null when it was not moved. `owner` demands that the lease is still the caller's. */
export async function moveOne(
  tx: Tx,
  edge: Edge,
  { id, owner, record }: { id: string; owner?: string; record?: Recording },
  data: Omit<Prisma.GenerationUpdateManyMutationInput, 'status'>,
): Promise<Generation | null> {
  const [moved] = await transition(
    tx,
    edge,
    { where: { id, ...(owner && { leaseOwner: owner }) }, record },
    data,
  )
  return moved ?? null
}
