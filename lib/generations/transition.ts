import 'server-only'
import { isHeldBy, releasingLease, type Lease } from '@/lib/generations/pipeline/lease'
import { EDGES, isOpen, type Edge, type Status } from '@/lib/generations/status'
import { correctEnd, endHolds } from '@/lib/ledger/holds'
import type { Tx } from '@/lib/platform/db'
import type { StudioEvent } from '@/lib/platform/event'
import { publish } from '@/lib/platform/events'
import { metrics } from '@/lib/platform/metrics'
import { columnsOf, PREPARED } from '@/lib/platform/prepared'
import type { SqlTx } from '@/lib/platform/sql-transaction'
import { Prisma, type Generation } from '@/prisma/generated/client'

/** The states in which nothing is held any more; `unknown` is none of them. */
const ENDS: Status[] = ['succeeded', 'failed', 'canceled']

/** Writes down what came with a change of state, and says what is to be announced of it. */
export type Recording = () => Promise<StudioEvent[]>

/** Columns that a change of state sets to plain values. */
export type Columns = Partial<Omit<Generation, 'id' | 'status' | 'request'>>

/**
 * Takes every generation that `where` finds over the edge, if the edge begins where it is now, ends what was held for
 * it and tells everybody. What follows a change of state hangs here, but for the claim, which announces and measures in
 * its own statement (lib/generations/pipeline/queue.ts); nothing outside of this file writes a state. Returns what was
 * moved, as it is now: for what is missing somebody else was first, and the caller must not act. `record` writes down
 * what came with the change, before the ledger: what the balances prove decides what is settled, and whoever holds the
 * counters of budgets waits for nothing else.
 */
export async function transition(
  tx: Tx,
  edge: Edge,
  { where, record }: { where: Prisma.GenerationWhereInput; record?: Recording },
  data: Columns,
): Promise<Generation[]> {
  const { from, to } = EDGES[edge]
  const moved = await tx.generation.updateManyAndReturn({
    where: { AND: [where, { status: { in: [...from] } }] },
    data: { ...releasingLease(to), ...data, status: to },
  })
  for (const one of moved) measure(one, to)
  if (moved.length > 0) await follow(tx, edge, moved, await record?.())
  return moved
}

async function follow(
  tx: SqlTx,
  edge: Edge,
  moved: Generation[],
  recorded: StudioEvent[] = [],
): Promise<void> {
  const { to } = EDGES[edge]
  const changes = moved.map(({ id, teamId, accountId }) => generationChanged(teamId, id, to, accountId))
  const events = [...recorded, ...changes]
  if (edge !== 'revive' && ENDS.includes(to)) return endHolds(tx, idsOf(moved), events)
  if (edge === 'revive') for (const { id } of moved) await correctEnd(tx, id)
  await publish(tx, ...events)
}

/** For the metrics: what was moved, and how long it took until then. Counted where it is written: in the rare transaction that fails after this, once too often. */
export function measure({ createdAt, claimedAt }: Generation, to: Status): void {
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

/** The same in SQL, for rows of Generation that a statement brought into their state: one `payload` each. */
export const changesOf = (rows: Prisma.Sql) => Prisma.sql`
  SELECT json_build_object('team', "teamId", 'kind', 'generation', 'id', id, 'status', status, 'account', "accountId")::text
    AS payload FROM ${rows} changed`

/**
 * SQL that takes what `where` finds of Generation `g` over the edge, if the edge begins where it is now, and returns its
 * rows. For a statement that also tells (`changesOf`) and, at an end, ends what was held. What must still be true when
 * somebody else has changed the row meanwhile is asked of `g` itself: only that is asked again.
 */
export function moving(edge: Edge, { where, set }: { where: Prisma.Sql; set: Prisma.Sql[] }): Prisma.Sql {
  const { from, to } = EDGES[edge]
  const status = Prisma.sql`status = ${to}::"GenerationStatus"`
  return Prisma.sql`
    UPDATE "Generation" g SET ${Prisma.join([status, ...set])}
    WHERE ${where} AND g.status = ANY (${[...from]}::"GenerationStatus"[]) RETURNING g.*`
}

/** The columns of a Generation `moved`. */
export const MOVED = columnsOf(Prisma.GenerationScalarFieldEnum, 'moved')
const NO_ROWS = Prisma.sql`added AS (SELECT WHERE false)`

type One = {
  id: string
  /** Demands that the row is still under this lease. */
  lease?: Lease
  /** Demands that a person had settled it. */
  isResolved?: boolean
  /** SQL of the rows to be added by the same statement where it moves something: common table expressions that read `moved`; the last is `added`. */
  rows?: Prisma.Sql
  /** As for `transition`; it is told how many rows were added. */
  record?: (added: number) => Promise<StudioEvent[]>
}

/** The same as `transition` for one generation, with one statement before `record`; null when it was not moved. */
export async function moveOne(
  tx: SqlTx,
  edge: Edge,
  { id, lease, isResolved, rows, record }: One,
  data: Columns,
): Promise<Generation | null> {
  const isHeld = lease === undefined ? Prisma.empty : Prisma.sql`AND ${isHeldBy(lease)}`
  const wasResolved = isResolved ? Prisma.sql`AND g."resolvedById" IS NOT NULL` : Prisma.empty
  const where = Prisma.sql`g.id = ${id}::uuid ${isHeld} ${wasResolved}`
  const set = columns({ ...releasingLease(EDGES[edge].to), ...data })
  const [found] = await tx.$queryRaw<(Generation & { added: number })[]>`${PREPARED}
    WITH moved AS (${moving(edge, { where, set })}), ${rows ?? NO_ROWS}
    SELECT ${MOVED}, (SELECT count(*)::int FROM added) AS added FROM moved`
  if (!found) return null
  const { added, ...moved } = found
  measure(moved, EDGES[edge].to)
  await follow(tx, edge, [moved], await record?.(added))
  return moved
}

/** SQL that sets columns to these values. */
function columns(data: Columns): Prisma.Sql[] {
  const known = Object.entries(data).filter(([, value]) => value !== undefined)
  return known.map(([name, value]) => Prisma.sql`${Prisma.raw(`"${name}"`)} = ${value}`)
}
