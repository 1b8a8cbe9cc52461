import 'server-only'
import { db, type Tx } from '@/lib/platform/db'
import { newToken, tokenHash } from '@/lib/platform/secret'

/** What has to be answered, and for how long it may be. */
const MINUTES = {
  'pending-sign-in': 5,
  'passkey-sign-in': 5,
  'passkey-registration': 5,
  'passkey-confirmation': 5,
  'totp-set-up': 30,
} as const

type Kind = keyof typeof MINUTES
type Made = { userId?: string; data?: Uint8Array<ArrayBuffer> }
type Challenge = { userId: string | null; data: Uint8Array<ArrayBuffer> | null }

const select = { userId: true, data: true } as const

/** Writes down that something has to be answered; returns the token that the answer must bring. */
export async function makeChallenge(kind: Kind, { userId, data }: Made, tx: Tx = db()): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(Date.now() + MINUTES[kind] * 60_000)
  await tx.authChallenge.create({ data: { hash: tokenHash(token), kind, userId, data, expiresAt } })
  return token
}

/** Looks one up without using it. */
export async function findChallenge(kind: Kind, token: string): Promise<Challenge | null> {
  return db().authChallenge.findFirst({ where: waiting(kind, token), select })
}

/** Uses one up: of several who answer the same challenge exactly one gets it. */
export async function takeChallenge(kind: Kind, token: string, tx: Tx = db()): Promise<Challenge | null> {
  const found = await tx.authChallenge.findFirst({ where: waiting(kind, token), select })
  const { count } = await tx.authChallenge.deleteMany({ where: waiting(kind, token) })
  return count === 1 ? found : null
}

/** Ends what the person has begun, half-done sign-ins too: what they proved may not hold any more. */
export async function dropChallenges(tx: Tx, userId: string): Promise<void> {
  await tx.authChallenge.deleteMany({ where: { userId } })
}

const waiting = (kind: Kind, token: string) => ({
  hash: tokenHash(token),
  kind,
  expiresAt: { gt: new Date() },
})
