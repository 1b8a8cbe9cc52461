import 'server-only'
import type { z } from 'zod'
import type { SignedIn } from '@/lib/access/session'
import { announceInTeams } from '@/lib/account/announce'
import { requirePassword } from '@/lib/account/confirm-password'
import { createLink, redeemLink, voidLinks } from '@/lib/account/links'
import { beginMailAttempt, beginNamelessAttempt } from '@/lib/account/throttle'
import { auditPerson } from '@/lib/audit/server'
import { isMailOn, queueMail, redirectMails } from '@/lib/mail/server'
import type { changeEmailInput, EmailChange } from '@/lib/people/schema'
import { db, isUniqueViolation, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'

const MINUTES = 60

/**
 * Gives a person another address to sign in with, once they said their password. Where the studio sends mail, the change
 * waits until the link is opened that goes to the new address; else it counts at once. Throws `invalid_credentials`,
 * `already_exists`, `too_many_requests`.
 */
export async function changeEmail(
  session: SignedIn,
  { email, password }: z.output<typeof changeEmailInput>,
): Promise<EmailChange> {
  await requirePassword(session, password)
  if (!isMailOn()) {
    await written(db().$transaction((tx) => setEmail(tx, session.person.id, email)))
    return { state: 'changed' }
  }
  await askToConfirm(session, email)
  return { state: 'sent' }
}

async function askToConfirm({ person }: SignedIn, email: string): Promise<void> {
  const attempt = await beginMailAttempt({ email, network: person.id })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  const taken = await db().user.count({ where: { email } })
  if (taken > 0) throw new AppError('already_exists')
  const { id: userId, name, locale } = person
  await db().$transaction(async (tx) => {
    await voidLinks(tx, userId, 'email')
    const link = { userId, purpose: 'email', minutes: MINUTES, newEmail: email } as const
    const { path, expiresAt } = await createLink(tx, link)
    await queueMail(tx, {
      ...{ to: { name, address: email, userId }, locale, kind: 'confirm_email', expiresAt },
      values: { email, path, expiresAt: expiresAt.toISOString() },
    })
    await auditPerson(tx, userId, { act: 'person.email_asked' })
  })
}

/**
 * Takes a new address by the link that was mailed to it, once. The old address is told. Throws `link_invalid`,
 * `already_exists` where somebody else took the address meanwhile, and `too_many_requests`.
 */
export async function confirmEmail(token: string, network: string): Promise<void> {
  const attempt = await beginNamelessAttempt({ network })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  await written(
    db().$transaction(async (tx) => {
      const link = await redeemLink(tx, token, 'email')
      if (!link?.newEmail) throw new AppError('link_invalid')
      await setEmail(tx, link.userId, link.newEmail)
    }),
  )
  await attempt.succeeded()
}

/** The address stands in no log: those entries stay for ever, and an address is erased with the account. */
async function setEmail(tx: Tx, userId: string, email: string): Promise<void> {
  const before = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  const { count } = await tx.user.updateMany({
    where: { id: userId, email: { not: email } },
    data: { email },
  })
  if (count === 0) return
  await voidLinks(tx, userId) // links in the old mailbox open the account no more
  await redirectMails(tx, { userId, from: before.email, to: email })
  await tellOldAddress(tx, before, email)
  await auditPerson(tx, userId, { act: 'person.email_changed' })
  await announceInTeams(tx, userId, { kind: 'member', id: userId })
}

type Before = { id: string; name: string; email: string; locale: string | null }

async function tellOldAddress(tx: Tx, { id, name, email, locale }: Before, now: string): Promise<void> {
  if (!isMailOn()) return
  const values = { before: email, now, at: new Date().toISOString() }
  await queueMail(tx, { to: { name, address: email, userId: id }, locale, kind: 'email_changed', values })
}

/** Two who want one address: the database lets one of them have it. */
async function written(change: Promise<void>): Promise<void> {
  await change.catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new AppError('already_exists', { cause: error })
    throw error
  })
}
