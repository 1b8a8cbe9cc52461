import 'server-only'
import { createHmac } from 'node:crypto'
import { db } from '@/lib/platform/db'
import { keyFor } from '@/lib/platform/secret'

const LONGEST_S = 900
const LONGEST_FOR_ALL_S = 60
const FREE_FOR_ALL = 40
const FORGET_AFTER_S = 3_600
/** Six digits fall to patience: some twenty guesses a day, each good for three codes of a million. */
const CODES = { free: 6, longestS: 3_600, forgetAfterS: 86_400 }

/** One thing that attempts are counted for, how many may fail before it has to wait, and how long at most. */
type Counter = { key: string; free: number; longestS: number; isShared: boolean; forgetAfterS?: number }

/** A place in the queue of attempts: `succeeded` gives it back. */
export type Attempt =
  { state: 'allowed'; succeeded: () => Promise<void> } | { state: 'wait'; seconds: number }

/**
 * Counts an attempt to sign in before it is tried, so that many at once are slowed down like many in a row. After
 * the free ones each failure doubles the wait, up to 15 minutes; an hour of quiet forgets them.
 * All networks together are slowed down as well, for at most a minute at a time. A browser that has signed in as this
 * person before is counted by itself: nobody elsewhere can lock it out.
 */
export function beginAttempt(place: {
  email: string
  network: string
  device: string | null
}): Promise<Attempt> {
  const isKnown = place.device !== null
  return begin([...countersOf(place), ...(isKnown ? [] : [counterForAll('account', place.email)])])
}

/**
 * The same for the codes of a second factor, which only who has proven the first one can guess: by person, and by
 * itself for a browser that has signed in as this person before.
 */
export function beginCodeAttempt({
  userId,
  device,
}: {
  userId: string
  device: string | null
}): Promise<Attempt> {
  const key = named('code', device ? `${userId} ${device}` : userId)
  return begin([{ ...CODES, key, isShared: false }])
}

/** The same for a link's password. */
export function beginLinkAttempt({ link, network }: { link: string; network: string }): Promise<Attempt> {
  return begin([
    ...countersOf({ email: `share:${link}`, network, device: null }),
    counterForAll('link', link),
  ])
}

/** The same for what is guessed without a name, such as an invitation's token: by network alone. */
export function beginNamelessAttempt({ network }: { network: string }): Promise<Attempt> {
  return begin([counterForNetwork(network)])
}

/**
 * The same for asking for a mail: nobody's mailbox is filled, from however many networks. What is asked for here does not
 * slow down a sign-in by password.
 */
export function beginMailAttempt({ email, network }: { email: string; network: string }): Promise<Attempt> {
  const limits = { longestS: LONGEST_S, isShared: true }
  return begin([
    { ...limits, key: named('mail-network', network), free: 30 },
    { ...limits, key: named('mail', email), free: 5 },
  ])
}

/** The same for keys of Flamel that an owner tries: each test is a question to upstream. */
export function beginKeyTest({ userId }: { userId: string }): Promise<Attempt> {
  const key = named('flamel-key', userId)
  return begin([{ key, free: 5, longestS: LONGEST_S, isShared: false }])
}

async function begin(counters: Counter[]): Promise<Attempt> {
  const taken: Counter[] = []
  for (const counter of counters) {
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
  network,
  device,
}: {
  email: string
  network: string
  device: string | null
}): Counter[] {
  const own = { longestS: LONGEST_S, isShared: false }
  if (device) return [{ ...own, key: named('device', `${device} ${email}`), free: 10 }]
  return [counterForNetwork(network), { ...own, key: named('pair', `${email} ${network}`), free: 5 }]
}

const counterForNetwork = (network: string): Counter => ({
  key: named('address', network),
  free: 30,
  longestS: LONGEST_S,
  isShared: true,
})

/** Against guesses from many networks: never a long wait, or it would be the switch that locks a person out. */
const counterForAll = (kind: 'account' | 'link', id: string): Counter => ({
  key: named(kind, id),
  free: FREE_FOR_ALL,
  longestS: LONGEST_FOR_ALL_S,
  isShared: true,
})

/** Kept under a keyed hash: the table tells nobody who tried what from where. */
function named(kind: string, what: string): string {
  return `${kind}:${createHmac('sha256', keyFor('throttle')).update(what).digest('base64url')}`
}

async function take({ key, free, longestS, forgetAfterS = FORGET_AFTER_S }: Counter): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    INSERT INTO "SignInThrottle" AS t ("key", "failures", "updatedAt") VALUES (${key}, 1, now())
    ON CONFLICT ("key") DO UPDATE SET
      "failures" = CASE WHEN t."updatedAt" < now() - make_interval(secs => ${forgetAfterS}) THEN 1 ELSE t."failures" + 1 END,
      "updatedAt" = now()
    WHERE t."failures" < ${free}
       OR t."updatedAt" + make_interval(secs => LEAST(2 ^ LEAST(t."failures" - ${free}, 20), ${longestS})) <= now()
    RETURNING 1`
  return rows.length === 1
}

async function waitOf({ key, free, longestS }: Counter): Promise<number> {
  const row = await db().signInThrottle.findUnique({ where: { key } })
  if (!row) return 1
  const waitMs = Math.min(2 ** (row.failures - free), longestS) * 1000
  return Math.max(1, Math.ceil((row.updatedAt.getTime() + waitMs - Date.now()) / 1000))
}

async function giveBack(counters: Counter[]): Promise<void> {
  const keys = counters.map(({ key }) => key)
  await db().signInThrottle.updateMany({
    where: { key: { in: keys }, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  })
}

/** After a success the person's own counters start again; one that is shared keeps what others failed. */
async function clear(counters: Counter[]): Promise<void> {
  await giveBack(counters.filter(({ isShared }) => isShared))
  const own = counters.filter(({ isShared }) => !isShared).map(({ key }) => key)
  await db().signInThrottle.deleteMany({ where: { key: { in: own } } })
}
