import 'server-only'
import type { Status } from '@/lib/generations/status'
import { UNDER_WAY } from '@/lib/platform/open-statuses'
import { UNDER_WAY_SQL } from '@/lib/generations/status-sql'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { Prisma, type Generation } from '@/prisma/generated/client'

/*
 * The lease of a generation under way, whole: its claim grants it (queue.ts), a heartbeat renews it, some edges demand
 * that it is still the caller's, every state that is not under way releases it (transition.ts), and one that lapsed is
 * taken over (recover.ts). Nothing outside of this file writes its columns.
 */

/** A claimed generation and the dispatcher that holds its lease. `signal` says that the server is stopping. */
export type Run = { generation: Generation; owner: string; signal: AbortSignal }

/** What a claim granted. A row that went back into the queue may be its owner's again: for another attempt. */
export type Lease = { owner: string; attempt: number }

export const leaseOf = ({ attempts }: Generation, owner: string): Lease => ({ owner, attempt: attempts })

/** How long a lease holds without a heartbeat. */
const LEASE_S = 20
const HEARTBEAT_MS = 5_000
/** So long after the database was away everybody who lives has renewed what they hold. */
export const RENEWED_WITHIN_MS = 2 * HEARTBEAT_MS

/** SQL that sets the columns of a lease that begins now, by the database's clock. */
export const grantingLease = (owner: string) => Prisma.sql`
  "leaseOwner" = ${owner}::uuid, "leaseExpiresAt" = clock_timestamp() + ${LEASE_S} * interval '1 second'`

/** SQL: the row's lease is still this one. Asked of the updated row itself, also when somebody has just changed it. */
export const isHeldBy = ({ owner, attempt }: Lease) =>
  Prisma.sql`"leaseOwner" = ${owner}::uuid AND attempts = ${attempt}`

/** The columns that a change into the state sets: what is under way keeps its lease, everything else has none. */
export const releasingLease = (to: Status) =>
  UNDER_WAY.some((status) => status === to) ? {} : { leaseOwner: null, leaseExpiresAt: null }

/** Renews the lease until stopped. A lease that cannot be renewed is somebody else's business, guarded at the end. */
export function keepLease(generation: Generation, owner: string): () => void {
  const { id } = generation
  const beat = () =>
    renewLease(id, leaseOf(generation, owner)).catch((error: unknown) =>
      log.warn('generation.heartbeat_failed', { id, error }),
    )
  const timer = setInterval(beat, HEARTBEAT_MS)
  return () => clearInterval(timer)
}

/** Does nothing where the lease is no longer theirs. */
export async function renewLease(id: string, lease: Lease): Promise<void> {
  await db().$executeRaw`
    UPDATE "Generation" SET ${grantingLease(lease.owner)}
    WHERE id = ${id}::uuid AND ${isHeldBy(lease)} AND status IN ${UNDER_WAY_SQL}`
}

/**
 * Takes over what a dead dispatcher left behind, but not what the caller is at itself: `running`, whose leases lapse where
 * the database could not be reached. The caller owns the returned rows now.
 */
export async function takeLapsed(
  accountId: string,
  { owner, running }: { owner: string; running: string[] },
): Promise<Generation[]> {
  return db().$queryRaw<Generation[]>`
    UPDATE "Generation" SET ${grantingLease(owner)}
    WHERE id IN (
      SELECT id FROM "Generation"
      WHERE "accountId" = ${accountId}::uuid AND status IN ${UNDER_WAY_SQL} AND "leaseExpiresAt" < now()
        AND id <> ALL (${running}::uuid[])
      FOR UPDATE SKIP LOCKED LIMIT 50)
    RETURNING *`
}
