import 'server-only'
import { clientNetwork } from '@/lib/access/address'
import { mayResetPassword } from '@/lib/account/reach'
import { afterFirstFactor, type SignInResult } from '@/lib/account/sign-in'
import { beginNamelessAttempt } from '@/lib/account/throttle'
import { db, type Tx } from '@/lib/platform/db'
import { newToken, tokenHash } from '@/lib/platform/secret'

export type LinkPurpose = 'sign_in' | 'reset'

/** Where each link leads; its token is the last part. Nothing there is used up by looking. */
const PATHS = { sign_in: '/sign-in/link', reset: '/sign-in/reset' } as const satisfies Record<
  LinkPurpose,
  string
>

type NewLink = { userId: string; purpose: LinkPurpose; minutes: number; createdById?: string }

/** Makes a link into somebody's account, good once; only its hash is kept. */
export async function createLink(
  tx: Tx,
  { userId, purpose, minutes, createdById }: NewLink,
): Promise<{ path: string; expiresAt: Date }> {
  const token = newToken()
  const expiresAt = new Date(Date.now() + minutes * 60_000)
  await tx.accountLink.create({
    data: { userId, purpose, createdById, expiresAt, tokenHash: tokenHash(token) },
  })
  return { path: `${PATHS[purpose]}/${token}`, expiresAt }
}

/** Who can be let in at all: nobody who was disabled, nor whom every team of theirs has shut out. */
export const activePerson = () => ({
  disabledAt: null,
  NOT: { memberships: { some: {}, every: { disabledAt: { not: null } } } },
})

const open = (token: string, purpose: LinkPurpose) => ({
  ...{ tokenHash: tokenHash(token), purpose, usedAt: null },
  expiresAt: { gt: new Date() },
})

/** Whose account a link opens, without using it; null when it was used, is too old, or does not count any more. */
export async function findLink(
  token: string,
  purpose: LinkPurpose,
): Promise<{ userId: string; email: string } | null> {
  const link = await db().accountLink.findFirst({
    where: open(token, purpose),
    select: { userId: true, createdById: true, user: { select: { email: true } } },
  })
  if (!link || !(await stillCounts(db(), link))) return null
  return { userId: link.userId, email: link.user.email }
}

/** Uses a link up, by the guarded update that one of several at once wins. Null to everybody else. */
export async function redeemLink(tx: Tx, token: string, purpose: LinkPurpose): Promise<string | null> {
  const [link] = await tx.accountLink.updateManyAndReturn({
    where: open(token, purpose),
    data: { usedAt: new Date() },
    select: { userId: true, createdById: true },
  })
  return link && (await stillCounts(tx, link)) ? link.userId : null
}

/** Links that are open end with a new password: whoever could read the mails must not come back by an older one. */
export async function voidLinks(tx: Tx, userId: string): Promise<void> {
  await tx.accountLink.updateMany({ where: { userId, usedAt: null }, data: { usedAt: new Date() } })
}

/** Its person may come in, and what an admin made counts only as long as they might make it. */
async function stillCounts(
  tx: Tx,
  { userId, createdById }: { userId: string; createdById: string | null },
): Promise<boolean> {
  const isActive = (await tx.user.count({ where: { id: userId, ...activePerson() } })) === 1
  return isActive && (createdById === null || mayResetPassword(tx, createdById, userId))
}

/** Signs in with the token of a link that was mailed: once, and like a password only as a first factor. */
export async function signInByLink(token: string, headers: Headers): Promise<SignInResult> {
  const attempt = await beginNamelessAttempt({ network: clientNetwork(headers) })
  if (attempt.state === 'wait') return attempt
  const userId = await redeemLink(db(), token, 'sign_in')
  if (!userId) return { state: 'refused' }
  await attempt.succeeded()
  return afterFirstFactor(userId, { headers, provenBy: 'mail_link' })
}
