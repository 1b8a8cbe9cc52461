import 'server-only'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { blobStore } from '@/lib/platform/storage'

const BATCH = 500

/** How many days each kind of leftover is kept (docs/operations). */
export const KEPT_DAYS = {
  session: 30,
  invitation: 90,
  throttle: 1,
  snapshot: 90,
  file: 1,
  mail: 30,
  accountLink: 1,
  notification: 90,
} as const

/**
 * Removes what has had its time, a bounded number of rows with each statement: sessions that ended, half-done sign-ins, invitations that
 * cannot be used any more, mails that were sent, links into accounts, what people were told of, counts of failed sign-ins,
 * balances that were merely asked for, and files of requests that a crash cut. What was spent and what was done is kept for ever.
 */
export async function removeExpired(signal?: AbortSignal): Promise<number> {
  let removed = 0
  const removals = [
    ...[sessions, invitations, throttles, challenges, snapshots],
    ...[mails, accountLinks, linkRequests, notifications],
  ]
  for (const remove of removals) {
    let count = BATCH
    while (count === BATCH && !signal?.aborted) {
      count = await remove()
      removed += count
    }
  }
  return removed + (await leftFiles()) + (await blobStore().clearLeftovers(Date.now(), signal))
}

const sessions = () => db().$executeRaw`
  DELETE FROM "Session" WHERE id IN (
    SELECT id FROM "Session"
    WHERE LEAST("endedAt", "expiresAt") < now() - make_interval(days => ${KEPT_DAYS.session}) LIMIT ${BATCH})`

const invitations = () => db().$executeRaw`
  DELETE FROM "Invitation" WHERE id IN (
    SELECT id FROM "Invitation"
    WHERE LEAST("acceptedAt", "revokedAt", "expiresAt") < now() - make_interval(days => ${KEPT_DAYS.invitation})
    LIMIT ${BATCH})`

const throttles = () => db().$executeRaw`
  DELETE FROM "SignInThrottle" WHERE "key" IN (
    SELECT "key" FROM "SignInThrottle"
    WHERE "updatedAt" < now() - make_interval(days => ${KEPT_DAYS.throttle}) LIMIT ${BATCH})`

const mails = () => db().$executeRaw`
  DELETE FROM "Mail" WHERE id IN (
    SELECT id FROM "Mail" WHERE "endedAt" < now() - make_interval(days => ${KEPT_DAYS.mail}) LIMIT ${BATCH})`

const notifications = () => db().$executeRaw`
  DELETE FROM "Notification" WHERE id IN (
    SELECT id FROM "Notification" WHERE "createdAt" < now() - make_interval(days => ${KEPT_DAYS.notification}) LIMIT ${BATCH})`

const accountLinks = () => db().$executeRaw`
  DELETE FROM "AccountLink" WHERE id IN (
    SELECT id FROM "AccountLink"
    WHERE "expiresAt" < now() - make_interval(days => ${KEPT_DAYS.accountLink}) LIMIT ${BATCH})`

/** Those that nobody answered, as mail has been switched off since. */
const linkRequests = () => db().$executeRaw`
  DELETE FROM "AccountLinkRequest" WHERE id IN (
    SELECT id FROM "AccountLinkRequest"
    WHERE "createdAt" < now() - make_interval(days => ${KEPT_DAYS.accountLink}) LIMIT ${BATCH})`

const challenges = () => db().$executeRaw`
  DELETE FROM "AuthChallenge" WHERE hash IN (
    SELECT hash FROM "AuthChallenge" WHERE "expiresAt" < now() LIMIT ${BATCH})`

/** An account's newest snapshot stays, however old: the next fall is counted from it. */
const snapshots = () => db().$executeRaw`
  DELETE FROM "CreditSnapshot" WHERE id IN (
    SELECT s.id FROM "CreditSnapshot" s
    WHERE s."generationId" IS NULL AND s."receivedAt" < now() - make_interval(days => ${KEPT_DAYS.snapshot})
      AND EXISTS (SELECT 1 FROM "CreditSnapshot" later
                  WHERE later."accountId" = s."accountId" AND later."receivedAt" > s."receivedAt")
    LIMIT ${BATCH})`

/** What living processes write here, they touch all the time. */
async function leftFiles(now = Date.now()): Promise<number> {
  let removed = 0
  for (const folder of ['uploads', 'processes'])
    removed += await removeOld(path.join(env().dataDir, folder), now)
  return removed
}

async function removeOld(directory: string, now: number): Promise<number> {
  let removed = 0
  for (const name of await readdir(directory).catch(() => [])) {
    const file = path.join(directory, name)
    const mtimeMs = await stat(file).then(
      (found) => found.mtimeMs,
      () => now, // gone meanwhile
    )
    if (now - mtimeMs < KEPT_DAYS.file * DAY_MS) continue
    await rm(file, { force: true })
    removed += 1
  }
  return removed
}
