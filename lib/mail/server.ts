import 'server-only'
import type { Locale } from '@/lib/i18n/locales'
import { letters, type MailKind, type MailValues } from '@/lib/mail/letters'
import { SEAL_PURPOSE } from '@/lib/mail/queue'
import { oneLine, renderMail } from '@/lib/mail/render'
import { deliver, type Delivery } from '@/lib/mail/transport'
import type { Tx } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { seal } from '@/lib/platform/secret'
import { z } from 'zod'

const NAME_MAX = 120
const address = z.email().max(254)

/** Whether this studio sends mail at all. What needs mail is shown only then. */
export const isMailOn = (): boolean => env().SMTP_URL !== undefined

/** `locale` is the reader's own; null when nobody knows it. */
export type Recipient = { name: string; address: string; userId?: string }

type NewMail<K extends MailKind> = {
  to: Recipient
  /** The reader's language (`User.locale`), or what stands in for it. */
  locale: string | null
  kind: K
  values: MailValues<K>
  /** The team whose admins see what became of it. */
  teamId?: string
  /** The row that it is about. */
  aboutId?: string
  /** Until when it is worth sending; two days when nothing is said. */
  expiresAt?: Date
}

/**
 * Puts a mail into the queue, inside the transaction of what it tells: both happen or neither. It is sent once that has
 * been committed. Throws `mail_off` without SMTP: ask `isMailOn` first.
 */
export async function queueMail<K extends MailKind>(tx: Tx, mail: NewMail<K>): Promise<string> {
  if (!isMailOn()) throw new AppError('mail_off')
  const { to, kind, values, teamId, aboutId } = mail
  const { id } = await tx.mail.create({
    data: {
      ...{ kind, teamId, aboutId, userId: to.userId },
      locale: localeFor(mail.locale),
      toName: oneLine(to.name).slice(0, NAME_MAX),
      toAddress: address.parse(to.address),
      values: seal(SEAL_PURPOSE, JSON.stringify(letters[kind].shape.parse(values))),
      expiresAt: mail.expiresAt ?? new Date(Date.now() + 2 * DAY_MS),
    },
    select: { id: true },
  })
  await wakeMail(tx, id)
  return id
}

/** Tells the sending process that there is something to do, when the transaction commits; no browser hears it. */
export async function wakeMail(tx: Tx, id: string): Promise<void> {
  await publish(tx, { team: '', kind: 'mail', id })
}

/** Takes back what has not been sent about a row that is no more. */
export async function cancelMailsAbout(tx: Tx, aboutId: string): Promise<void> {
  await tx.mail.updateMany({
    where: { aboutId, state: 'queued' },
    data: { state: 'canceled', values: null, endedAt: new Date() },
  })
}

/** Sends what waits for a person to the address that is theirs now. */
export async function redirectMails(tx: Tx, { userId, from, to }: Redirection): Promise<void> {
  await tx.mail.updateMany({
    where: { userId, state: 'queued', toAddress: from },
    data: { toAddress: to },
  })
}

type Redirection = { userId: string; from: string; to: string }

/** Sends a test at once, beside the queue: whoever asks wants to see what the server says. */
export async function sendTestMail(to: Recipient, locale: string | null): Promise<Delivery> {
  const content = await renderMail({
    kind: 'test',
    locale: localeFor(locale),
    toName: to.name,
    values: { name: to.name },
  })
  return deliver({
    ...content,
    id: crypto.randomUUID(),
    toName: to.name,
    toAddress: address.parse(to.address),
  })
}

const localeFor = (locale: string | null): Locale => (locale === 'ko' ? 'ko' : 'en')
