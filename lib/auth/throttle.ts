import 'server-only'
import { db } from '@/lib/db'
import { keyFor } from '@/lib/auth/secret'
import { createHmac } from 'node:crypto'

const LONGEST_S = 900
const FORGET_AFTER_S = 3_600

/** One thing that attempts are counted for, and how many may fail before it has to wait. */
type Counter = { key: string; free: number }

/** A place in the queue of attempts: `succeeded` gives it back. */
export type Attempt =
  { state: 'allowed'; succeeded: () => Promise<void> } | { state: 'wait'; seconds: number }

/**
 * Counts an attempt to sign in before it is tried, so that many at once are slowed down like many in a row. After
 * the free ones each failure doubles the wait, up to 15 minutes; an hour of quiet forgets them.
 * A browser that has signed in as this person before is counted by itself: nobody elsewhere can lock it out.
 */
export async function beginAttempt(place: {
  email: string
  address: string
  device: string | null
}): Promise<Attempt> {
  const taken: Counter[] = []
  for (const counter of countersOf(place)) {
    if (await take(counter)) {
      taken.push(counter)
      continue
    }
    await giveBack(taken)
    return { state: 'wait', seconds: await waitOf(counter) }
  }
  return { state: 'allowed', succeeded: () => clear(taken) }
}

function countersOf({
  email,
  address,
  device,
}: {
  email: string
  address: string
  device: string | null
}): Counter[] {
  if (device) return [{ key: named('device', `${device} ${email}`), free: 10 }]
  return [
    { key: named('address', address), free: 30 },
    { key: named('pair', `${email} ${address}`), free: 5 },
  ]
}

/** Kept under a keyed hash: the table tells nobody who tried what from where. */
function named(kind: string, what: string): string {
  return `${kind}:${createHmac('sha256', keyFor('throttle')).update(what).digest('base64url')}`
}

async function take({ key, free }: Counter): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    INSERT INTO "SignInThrottle" AS t ("key", "failures", "updatedAt") VALUES (${key}, 1, now())
    ON CONFLICT ("key") DO UPDATE SET
      "failures" = CASE WHEN t."updatedAt" < now() - make_interval(secs => ${FORGET_AFTER_S}) THEN 1 ELSE t."failures" + 1 END,
      "updatedAt" = now()
    WHERE t."failures" < ${free}
       OR t."updatedAt" + make_interval(secs => LEAST(2 ^ LEAST(t."failures" - ${free}, 20), ${LONGEST_S})) <= now()
    RETURNING 1`
  return rows.length === 1
}

async function waitOf({ key, free }: Counter): Promise<number> {
  const row = await db().signInThrottle.findUnique({ where: { key } })
  if (!row) return 1
  const waitMs = Math.min(2 ** (row.failures - free), LONGEST_S) * 1000
  return Math.max(1, Math.ceil((row.updatedAt.getTime() + waitMs - Date.now()) / 1000))
}

async function giveBack(counters: Counter[]): Promise<void> {
  const keys = counters.map(({ key }) => key)
  await db().signInThrottle.updateMany({
    where: { key: { in: keys }, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  })
}

/** After a success the person's own counters start again; an address keeps what others failed from there. */
async function clear(counters: Counter[]): Promise<void> {
  await giveBack(counters.filter(({ key }) => key.startsWith('address:')))
  const own = counters.map(({ key }) => key).filter((key) => !key.startsWith('address:'))
  await db().signInThrottle.deleteMany({ where: { key: { in: own } } })
}
