import 'server-only'
import { LEASE_S } from '@/lib/generations/pipeline/lease'
import { moveOne } from '@/lib/generations/transition'
import { db, type Tx } from '@/lib/platform/db'
import { slotsOf, type Slots } from '@/lib/upstream/server'
import { Prisma, type Generation } from '@/prisma/generated/client'

/** Place of every queued generation of the account, 1 is next: everybody in turn, whoever was served least recently first. */
export async function queuePositions(accountId: string): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ id: string; position: bigint }[]>`
    SELECT q.id::text, row_number() OVER (ORDER BY q.turn, served."claimedAt" NULLS FIRST, q."createdAt", q.id) AS position
    FROM (
      SELECT id, "makerId", "createdAt",
             row_number() OVER (PARTITION BY "makerId" ORDER BY "createdAt", id) AS turn
      FROM "Generation" WHERE "accountId" = ${accountId}::uuid AND status = 'queued'
    ) q
    LEFT JOIN LATERAL (
      SELECT g."claimedAt" FROM "Generation" g
      WHERE g."accountId" = ${accountId}::uuid AND g."makerId" = q."makerId" AND g."claimedAt" IS NOT NULL
      ORDER BY g."claimedAt" DESC LIMIT 1
    ) served ON true`
  return new Map(rows.map(({ id, position }) => [id, Number(position)]))
}

/** Of the account's generations those that may be claimed now. */
const isClaimable = (accountId: string) => Prisma.sql`"accountId" = ${accountId}::uuid AND status = 'queued'
  AND ("notBefore" IS NULL OR "notBefore" <= now()) AND ("queueDeadline" IS NULL OR "queueDeadline" > now())`

/** Whether a claim would find something now, asked without a lock: most wake-ups find nothing, and this costs one statement. */
export async function hasClaimable(accountId: string): Promise<boolean> {
  const [account] = await db().$queryRaw<(Slots & { inFlight: number; hasQueued: boolean })[]>`
    SELECT "planSlots", "learnedSlots", "learnedAt",
      (SELECT count(*)::int FROM "Generation"
       WHERE "accountId" = ${accountId}::uuid AND status IN ('sending', 'pending')) AS "inFlight",
      EXISTS (SELECT FROM "Generation"
        WHERE ${isClaimable(accountId)}) AS "hasQueued"
    FROM "UpstreamAccount" WHERE id = ${accountId}::uuid`
  return account !== undefined && account.hasQueued && account.inFlight < slotsOf(account)
}

/**
 * Takes the next generation for the dispatcher `owner`, or null when nothing waits or every slot is used. The account's
 * row is locked meanwhile, so any number of dispatchers together never exceed its slots; NO KEY, so that new rows that
 * refer to it need not wait.
 */
export async function claimNext(accountId: string, owner: string): Promise<Generation | null> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "UpstreamAccount" WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
    const account = await tx.upstreamAccount.findUniqueOrThrow({ where: { id: accountId } })
    const inFlight = await tx.generation.count({
      where: { accountId, status: { in: ['sending', 'pending'] } },
    })
    if (inFlight >= slotsOf(account)) return null
    const next = await findNext(tx, accountId)
    return next ? claim(tx, next, owner) : null
  })
}

/**
 * The oldest generation of the member whose turn is longest ago, and the time by the database's clock: dispatchers need
 * not agree on it.
 */
async function findNext(tx: Tx, accountId: string): Promise<{ id: string; now: Date } | undefined> {
  const rows = await tx.$queryRaw<{ id: string; now: Date }[]>`
    SELECT q.id::text, clock_timestamp() AS now FROM (
      SELECT DISTINCT ON ("makerId") id, "makerId", "createdAt" FROM "Generation"
      WHERE ${isClaimable(accountId)}
      ORDER BY "makerId", "createdAt", id
    ) q
    LEFT JOIN LATERAL (
      SELECT g."claimedAt" FROM "Generation" g
      WHERE g."accountId" = ${accountId}::uuid AND g."makerId" = q."makerId" AND g."claimedAt" IS NOT NULL
      ORDER BY g."claimedAt" DESC LIMIT 1
    ) served ON true
    ORDER BY served."claimedAt" NULLS FIRST, q."createdAt", q.id LIMIT 1`
  return rows[0]
}

/** Null when somebody took it out of the queue in between. */
async function claim(
  tx: Tx,
  { id, now }: { id: string; now: Date },
  owner: string,
): Promise<Generation | null> {
  const isMine = await moveOne(
    tx,
    'claim',
    { id },
    {
      statusReason: null,
      claimedAt: now,
      attempts: { increment: 1 },
      leaseOwner: owner,
      leaseExpiresAt: new Date(now.getTime() + LEASE_S * 1_000),
    },
  )
  return isMine ? tx.generation.findUniqueOrThrow({ where: { id } }) : null
}
