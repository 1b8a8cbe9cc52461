import 'server-only'
import type { z } from 'zod'
import { activePerson, createLink } from '@/lib/account/links'
import type { accountLinkInput } from '@/lib/account/schema'
import { beginMailAttempt } from '@/lib/account/throttle'
import { isMailOn, queueMail, wakeMail } from '@/lib/mail/server'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'

type Purpose = z.output<typeof accountLinkInput>['purpose']

const MINUTES = { sign_in: 15, reset: 60 } as const satisfies Record<Purpose, number>
const KINDS = { sign_in: 'sign_in_link', reset: 'reset' } as const satisfies Record<Purpose, string>

/**
 * Takes down that somebody asked for a link by mail. Whether anybody has the address is looked up afterwards
 * (`answerLinkRequests`), so the answer is the same in words, status and time. Throws `mail_off`, `too_many_requests`.
 */
export async function requestLink(
  { email, purpose, locale = 'en' }: z.output<typeof accountLinkInput>,
  network: string,
): Promise<void> {
  if (!isMailOn()) throw new AppError('mail_off')
  const attempt = await beginMailAttempt({ email, network })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  await db().$transaction(async (tx) => {
    const { id } = await tx.accountLinkRequest.create({
      data: { email, purpose, locale },
      select: { id: true },
    })
    await wakeMail(tx, id)
  })
}

type LinkRequest = { email: string; purpose: Purpose; locale: string; createdAt: Date }

/** Turns what was asked for into mails, each request once; of an address that nobody has nothing comes. */
export async function answerLinkRequests(): Promise<void> {
  let isMore = true
  while (isMore) isMore = await db().$transaction(answerNext)
}

async function answerNext(tx: Tx): Promise<boolean> {
  const [request] = await tx.$queryRaw<LinkRequest[]>`
    DELETE FROM "AccountLinkRequest" WHERE "id" = (
      SELECT "id" FROM "AccountLinkRequest" ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "email", "purpose", "locale", "createdAt"`
  if (!request) return false
  const { email, purpose, locale, createdAt } = request
  if (Date.now() - createdAt.getTime() > MINUTES[purpose] * 60_000) return true // nobody waits for it any more
  const person = await tx.user.findFirst({
    where: { email, ...activePerson() },
    select: { id: true, name: true, locale: true },
  })
  if (!person) return true
  const { path, expiresAt } = await createLink(tx, { userId: person.id, purpose, minutes: MINUTES[purpose] })
  await queueMail(tx, {
    to: { name: person.name, address: email, userId: person.id },
    ...{ locale: person.locale ?? locale, kind: KINDS[purpose], expiresAt },
    values: { email, path, expiresAt: expiresAt.toISOString() },
  })
  return true
}
