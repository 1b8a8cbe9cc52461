import 'server-only'
import { clientNetwork } from '@/lib/access/address'
import { canResetPassword } from '@/lib/account/permissions'
import { afterFirstFactor, type SignInResult } from '@/lib/account/sign-in'
import { beginNamelessAttempt } from '@/lib/account/throttle'
import { db, type Tx } from '@/lib/platform/db'
import { newToken, tokenHash } from '@/lib/platform/secret'

export type LinkPurpose = 'sign_in' | 'reset' | 'email'

/** Where each link leads; its token is the last part. Nothing there is used up by looking. */
const PATHS = {
  sign_in: '/sign-in/link',
  reset: '/sign-in/reset',
  email: '/sign-in/email',
} as const satisfies Record<LinkPurpose, string>

type NewLink = {
  userId: string
  purpose: LinkPurpose
  minutes: number
  createdById?: string
  /** What a link of purpose `email` confirms. */
  newEmail?: string
}

/** Makes a link into somebody's account, good once; only its hash is kept. */
export async function createLink(
  tx: Tx,
  { userId, purpose, minutes, createdById, newEmail }: NewLink,
): Promise<{ path: string; expiresAt: Date }> {
  const token = newToken()
  const expiresAt = new Date(Date.now() + minutes * 60_000)
  await tx.accountLink.create({
    data: { userId, purpose, createdById, newEmail, expiresAt, tokenHash: tokenHash(token) },
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
): Promise<{ userId: string; email: string; newEmail: string | null } | null> {
  const link = await db().accountLink.findFirst({
    where: open(token, purpose),
    select: { userId: true, createdById: true, newEmail: true, user: { select: { email: true } } },
  })
  if (!link || !(await stillCounts(db(), link))) return null
  return { userId: link.userId, email: link.user.email, newEmail: link.newEmail }
}

/** Uses a link up, by the guarded update that one of several at once wins. Null to everybody else. */
export async function redeemLink(
  tx: Tx,
  token: string,
  purpose: LinkPurpose,
): Promise<{ userId: string; newEmail: string | null } | null> {
  const [link] = await tx.accountLink.updateManyAndReturn({
    where: open(token, purpose),
    data: { usedAt: new Date() },
    select: { userId: true, createdById: true, newEmail: true },
  })
  return link && (await stillCounts(tx, link)) ? link : null
}

/** Links that are open end with a new password or address: whoever could read the mails must not come back by an older one. */
export async function voidLinks(tx: Tx, userId: string, purpose?: LinkPurpose): Promise<void> {
  await tx.accountLink.updateMany({ where: { userId, purpose, usedAt: null }, data: { usedAt: new Date() } })
}

/** Its person may come in, and what an admin made counts only as long as they might make it. */
async function stillCounts(
  tx: Tx,
  { userId, createdById }: { userId: string; createdById: string | null },
): Promise<boolean> {
  const isActive = (await tx.user.count({ where: { id: userId, ...activePerson() } })) === 1
  return isActive && (createdById === null || canResetPassword(tx, createdById, userId))
}

/** Signs in with the token of a link that was mailed: once, and like a password only as a first factor. */
export async function signInByLink(token: string, headers: Headers): Promise<SignInResult> {
  const attempt = await beginNamelessAttempt({ network: clientNetwork(headers) })
  if (attempt.state === 'wait') return attempt
  const link = await redeemLink(db(), token, 'sign_in')
  if (!link) return { state: 'refused' }
  await attempt.succeeded()
  return afterFirstFactor(link.userId, { headers, provenBy: 'mail_link' })
}
