import 'server-only'
import { UNDER_WAY_SQL } from '@/lib/generations/status-sql'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { PREPARED } from '@/lib/platform/prepared'
import { sql } from '@/lib/platform/sql-transaction'
import type { Generation } from '@/prisma/generated/client'

/** A claimed generation and the dispatcher that holds its lease. `signal` says that the server is stopping. */
export type Run = { generation: Generation; owner: string; signal: AbortSignal }

/** How long a claim holds without a heartbeat. */
export const LEASE_S = 20
/** How often a lease is renewed. */
export const HEARTBEAT_MS = 5_000
const RETRY_MS = 500

/** Repeats a write until the database is there again. Safe: every write is guarded by the state it starts from. */
export async function persist<T>(signal: AbortSignal, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isDatabaseGone(error) || signal.aborted) throw error
      log.warn('generation.waits_for_database', { error })
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** Renews the lease until stopped. A lease that cannot be renewed is somebody else's business, guarded at the end. */
export function keepLease(id: string, owner: string): () => void {
  const beat = () =>
    extendLease(id, owner).catch((error: unknown) => log.warn('generation.heartbeat_failed', { id, error }))
  const timer = setInterval(beat, HEARTBEAT_MS)
  return () => clearInterval(timer)
}

/** Proves that the owner still works on it. False when the lease is no longer theirs. */
export async function extendLease(id: string, owner: string): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE "Generation" SET "leaseExpiresAt" = now() + ${LEASE_S} * interval '1 second'
    WHERE id = ${id}::uuid AND "leaseOwner" = ${owner}::uuid AND status IN ${UNDER_WAY_SQL}`
  return count === 1
}

/** Keeps when the first byte left, for whoever finds the row after a crash. Nothing waits for it. */
export function noteSent(id: string, owner: string, sentAt: Date): void {
  const noted = sql.$executeRaw`${PREPARED}
    UPDATE "Generation" SET "sentAt" = ${sentAt}
    WHERE id = ${id}::uuid AND "leaseOwner" = ${owner}::uuid AND status = 'sending'`
  noted.catch((error: unknown) => log.warn('generation.sent_unnoted', { id, error }))
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
    UPDATE "Generation" SET "leaseOwner" = ${owner}::uuid, "leaseExpiresAt" = now() + ${LEASE_S} * interval '1 second'
    WHERE id IN (
      SELECT id FROM "Generation"
      WHERE "accountId" = ${accountId}::uuid AND status IN ${UNDER_WAY_SQL} AND "leaseExpiresAt" < now()
        AND id <> ALL (${running}::uuid[])
      FOR UPDATE SKIP LOCKED LIMIT 50)
    RETURNING *`
}
