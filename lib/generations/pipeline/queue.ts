import 'server-only'
import { grantingLease } from '@/lib/generations/pipeline/lease'
import { UNDER_WAY_SQL } from '@/lib/generations/status-sql'
import { changesOf, measure, MOVED, moving } from '@/lib/generations/transition'
import { db, type Tx } from '@/lib/platform/db'
import { announcing } from '@/lib/platform/events'
import { PREPARED } from '@/lib/platform/prepared'
import { sqlTransaction, type SqlTx } from '@/lib/platform/sql-transaction'
import { slotsOf, type Slots } from '@/lib/upstream/server'
import { Prisma, type Generation } from '@/prisma/generated/client'

/** The accounts for which something waits or is under way, whether or not anybody generates with them any more. */
export async function accountsWithWork(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT a.id::text FROM "UpstreamAccount" a
    WHERE EXISTS (SELECT FROM "Generation" WHERE "accountId" = a.id AND status = 'queued')
       OR EXISTS (SELECT FROM "Generation" WHERE "accountId" = a.id AND status IN ${UNDER_WAY_SQL})`
  return rows.map(({ id }) => id)
}

/** Whether something of the account waits that may be claimed, and whether a slot is left for it. */
export type Waiting = { isMoreWaiting: boolean; isSlotFree: boolean }

/** What a claim would find now, asked without a lock: a look that mostly finds nothing costs one statement. */
export async function lookForWork(accountId: string): Promise<Waiting> {
  const [account] = await db().$queryRaw<(Slots & { inFlight: number; hasQueued: boolean })[]>`
    SELECT "planSlots", "learnedSlots", "learnedAt", (${inFlight(accountId)}) AS "inFlight",
      EXISTS (SELECT FROM "Generation" WHERE ${isClaimable(accountId)}) AS "hasQueued"
    FROM "UpstreamAccount" WHERE id = ${accountId}::uuid`
  if (!account) return { isMoreWaiting: false, isSlotFree: true }
  return { isMoreWaiting: account.hasQueued, isSlotFree: account.inFlight < slotsOf(account) }
}

/** What a claim took, if anything, and what it saw beside it. */
export type Claim = Waiting & { generation: Generation | null }

/**
 * Takes the next generation for the dispatcher `owner`, unless nothing waits or every slot is used. The account's row is
 * locked meanwhile, so any number of dispatchers together never exceed its slots; NO KEY, so that new rows that refer
 * to it need not wait. A statement of its own: what comes after it sees what the lock waited for.
 */
export async function claimNext(accountId: string, owner: string): Promise<Claim> {
  return sqlTransaction(async (tx) => {
    const [account] = await tx.$queryRaw<Slots[]>`${PREPARED}
      SELECT "planSlots", "learnedSlots", "learnedAt" FROM "UpstreamAccount"
      WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
    const slots = account ? slotsOf(account) : 0
    const [[found]] = account
      ? await Promise.all([takeNext(tx, { accountId, owner, slots }), tx.$commit()])
      : [[]]
    if (!found) return { generation: null, isMoreWaiting: false, isSlotFree: true }
    const { inFlight, waiting, told: _, ...taken } = found
    const free = slots - inFlight
    if (free <= 0) return { generation: null, isMoreWaiting: true, isSlotFree: false }
    const generation = taken.id === null ? null : taken // null when somebody took it out of the queue in between
    if (generation) measure(generation, 'sending')
    return { generation, isMoreWaiting: waiting > 1 || !generation, isSlotFree: free > 1 || !generation }
  })
}

type Seen = {
  /** Calls under way. */
  inFlight: number
  /** How many may be claimed, this one too; counted to two. */
  waiting: number
  told: unknown
}
type Taken = Seen & (Generation | { id: null })

/**
 * Takes the oldest generation of the member whose turn is longest ago, or what was moved up in that member's team, where
 * fewer than `slots` calls are under way. One statement. The clock is the database's: dispatchers need not agree on the time.
 */
function takeNext(
  tx: SqlTx,
  { accountId, owner, slots }: { accountId: string; owner: string; slots: number },
): Promise<Taken[]> {
  const where = Prisma.sql`g.id = (SELECT id FROM next WHERE "inFlight" < ${slots}) AND NOT g."isHeld"`
  const set = [
    Prisma.sql`"statusReason" = NULL, "claimedAt" = clock_timestamp(), attempts = g.attempts + 1`,
    grantingLease(owner),
  ]
  return tx.$queryRaw`${PREPARED}
    WITH next AS (${next(accountId)}), moved AS (${moving('claim', { where, set })}),
      told AS (${announcing(changesOf(Prisma.sql`moved`))})
    SELECT next."inFlight", next.waiting, (SELECT count(*) FROM told) AS told, ${MOVED}
    FROM next LEFT JOIN moved ON moved.id = next.id`
}

const next = (accountId: string) => Prisma.sql`
  SELECT coalesce((
      SELECT id FROM "Generation" WHERE ${isClaimable(accountId)} AND "teamId" = q."teamId" AND "movedUpAt" IS NOT NULL
      ORDER BY "movedUpAt" DESC LIMIT 1), q.id) AS id, (${inFlight(accountId)}) AS "inFlight",
    (SELECT count(*)::int FROM (SELECT FROM "Generation" WHERE ${isClaimable(accountId)} LIMIT 2) two) AS waiting
  FROM (
    SELECT DISTINCT ON ("makerId") id, "teamId", "makerId", "createdAt" FROM "Generation"
    WHERE ${isClaimable(accountId)}
    ORDER BY "makerId", "createdAt", id
  ) q
  ${lastServed(accountId)}
  ORDER BY served."claimedAt" NULLS FIRST, q."createdAt", q.id LIMIT 1`

/** Of the account's generations those that may be claimed now. */
const isClaimable = (
  accountId: string,
) => Prisma.sql`"accountId" = ${accountId}::uuid AND status = 'queued' AND NOT "isHeld" AND "teamId" NOT IN ${PAUSED}
  AND ("notBefore" IS NULL OR "notBefore" <= now()) AND ("queueDeadline" IS NULL OR "queueDeadline" > now())`

/** Teams whose admin stopped the queue. */
const PAUSED = Prisma.sql`(SELECT id FROM "Team" WHERE "queueMode" = 'paused')`

/** When the maker of the row `q` was served last, as `served`; null where they never were. */
const lastServed = (accountId: string) => Prisma.sql`LEFT JOIN LATERAL (
    SELECT g."claimedAt" FROM "Generation" g
    WHERE g."accountId" = ${accountId}::uuid AND g."makerId" = q."makerId" AND g."claimedAt" IS NOT NULL
    ORDER BY g."claimedAt" DESC LIMIT 1
  ) served ON true`

/** How many of the account's calls are under way. */
const inFlight = (accountId: string) => Prisma.sql`SELECT count(*)::int FROM "Generation"
  WHERE "accountId" = ${accountId}::uuid AND status IN ${UNDER_WAY_SQL}`

/**
 * Waits for the claims of what the team has waiting, and lets none begin until `tx` has ended: what it writes down, all of
 * them know. `accountId` is the account that the team generates with now.
 */
export async function lockClaims(tx: Tx, { teamId, accountId }: { teamId: string; accountId: string }) {
  await tx.$queryRaw`
    SELECT 1 FROM "UpstreamAccount" WHERE id = ${accountId}::uuid OR id IN
      (SELECT "accountId" FROM "Generation" WHERE "teamId" = ${teamId}::uuid AND status = 'queued')
    ORDER BY id FOR NO KEY UPDATE`
}

/**
 * Place of every queued generation of the account that may be sent, 1 is next: everybody in turn, whoever was served
 * least recently first. What was moved up takes the first place of its own team, never one of another's.
 */
export async function queuePositions(accountId: string): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ id: string; position: bigint }[]>`
    WITH fair AS (
      SELECT q.id, q."teamId", q."movedUpAt",
        row_number() OVER (ORDER BY q.turn, served."claimedAt" NULLS FIRST, q."createdAt", q.id) AS place
      FROM (
        SELECT id, "teamId", "makerId", "createdAt", "movedUpAt",
               row_number() OVER (PARTITION BY "makerId" ORDER BY "createdAt", id) AS turn
        FROM "Generation" WHERE "accountId" = ${accountId}::uuid AND status = 'queued' AND NOT "isHeld"
          AND "teamId" NOT IN ${PAUSED}
      ) q
      ${lastServed(accountId)}
    ), ordered AS (
      SELECT id, "teamId", place, row_number() OVER (PARTITION BY "teamId" ORDER BY place) AS nth,
        row_number() OVER (PARTITION BY "teamId" ORDER BY "movedUpAt" DESC NULLS LAST, place) AS wanted
      FROM fair
    )
    SELECT own.id::text, held.place AS position
    FROM ordered own JOIN ordered held ON held."teamId" = own."teamId" AND held.nth = own.wanted`
  return new Map(rows.map(({ id, position }) => [id, Number(position)]))
}
