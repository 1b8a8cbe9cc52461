import 'server-only'
import { createFormatter, createTranslator } from 'use-intl/core'
import { z } from 'zod'
import { WRITING, type Locale } from '@/lib/i18n/locales'
import { loadMessages, type Messages } from '@/lib/i18n/messages'
import { notice } from '@/lib/mail/notice-schema'
import { wordsOf } from '@/lib/mail/notice-words'
import { env } from '@/lib/platform/env'
import { isolate } from '@/lib/text/isolate'

/** What a mail says. `path` begins with `/`: every link leads to this studio. */
type Letter = {
  subject: string
  heading: string
  paragraphs: string[]
  action?: { label: string; path: string }
  note?: string
}
type Writing = Awaited<ReturnType<typeof writingIn>>

const path = z.string().regex(/^\/(?!\/)/)
const moment = z.iso.datetime()

/** What a template is filled with, and the template. */
const letter = <S extends z.ZodType>(shape: S, write: (values: z.infer<S>, writing: Writing) => Letter) => ({
  shape,
  write: (values: unknown, writing: Writing) => write(shape.parse(values), writing),
})

/** Every kind of mail. To add one: an entry here and its sentences in messages. */
export const letters = {
  test: letter(z.object({ name: z.string() }), ({ name }, { t }) => ({
    subject: t('test.subject'),
    heading: t('test.heading'),
    paragraphs: [t('test.text', { name: isolate(name) })],
  })),

  invitation: letter(
    z.object({ name: z.string(), team: z.string(), role: z.string(), path, expiresAt: moment }),
    ({ name, team, role, path, expiresAt }, { t, date }) => ({
      subject: t('invitation.subject', { name, team }),
      heading: t('invitation.heading', { team: isolate(team) }),
      paragraphs: [t('invitation.text', { name: isolate(name), team: isolate(team), role })],
      action: { label: t('invitation.action'), path },
      note: t('invitation.note', { date: date(expiresAt) }),
    }),
  ),

  reset: letter(
    z.object({ email: z.string(), path, expiresAt: moment }),
    ({ email, path, expiresAt }, { t, time }) => ({
      subject: t('reset.subject'),
      heading: t('reset.heading'),
      paragraphs: [t('reset.text', { email })],
      action: { label: t('reset.action'), path },
      note: t('reset.note', { time: time(expiresAt) }),
    }),
  ),

  sign_in_link: letter(
    z.object({ email: z.string(), path, expiresAt: moment }),
    ({ email, path, expiresAt }, { t, time }) => ({
      subject: t('signInLink.subject'),
      heading: t('signInLink.heading'),
      paragraphs: [t('signInLink.text', { email })],
      action: { label: t('signInLink.action'), path },
      note: t('signInLink.note', { time: time(expiresAt) }),
    }),
  ),

  confirm_email: letter(
    z.object({ email: z.string(), path, expiresAt: moment }),
    ({ email, path, expiresAt }, { t, time }) => ({
      subject: t('confirmEmail.subject'),
      heading: t('confirmEmail.heading'),
      paragraphs: [t('confirmEmail.text', { email })],
      action: { label: t('confirmEmail.action'), path },
      note: t('confirmEmail.note', { time: time(expiresAt) }),
    }),
  ),

  email_changed: letter(
    z.object({ before: z.string(), now: z.string(), at: moment }),
    ({ before, now, at }, { t, time }) => ({
      subject: t('emailChanged.subject'),
      heading: t('emailChanged.heading'),
      paragraphs: [t('emailChanged.text', { before, now, time: time(at) })],
      note: t('emailChanged.note'),
    }),
  ),

  new_device: letter(
    z.object({
      email: z.string(),
      device: z.object({ browser: z.string(), system: z.string() }).nullable(),
      at: moment,
      path,
    }),
    ({ email, device, at, path }, { t, tProfile, time }) => ({
      subject: t('newDevice.subject'),
      heading: t('newDevice.heading'),
      paragraphs: [
        t('newDevice.text', {
          email,
          time: time(at),
          device: device ? tProfile('device', device) : 'unknown',
        }),
      ],
      action: { label: t('newDevice.action'), path },
      note: t('newDevice.note'),
    }),
  ),

  notice: letter(
    z.object({ team: z.string(), path, notice }),
    ({ team, path, notice }, { t, tNotice, date }) => {
      const { title, text, action } = wordsOf(notice, { t: tNotice, date })
      return {
        subject: `${title} · ${team}`,
        ...{ heading: title, paragraphs: [text], action: { label: action, path } },
        note: t('notice.note', { team: isolate(team) }),
      }
    },
  ),
}

export type MailKind = keyof typeof letters
export type MailValues<K extends MailKind> = z.infer<(typeof letters)[K]['shape']>

/** What the frame of every mail says. */
type Frame = { greet: (name: string) => string; copyLink: string; foot: (host: string) => string }

/** The letter of one kind in the reader's language. Throws when the values are not those of the kind. */
export async function writeLetter(kind: MailKind, locale: Locale, values: unknown): Promise<Letter & Frame> {
  const writing = await writingIn(locale)
  const { t } = writing
  return {
    ...letters[kind].write(values, writing),
    greet: (name) => t('greeting', { name: isolate(name) }),
    copyLink: t('copyLink'),
    foot: (host) => t('foot', { host }),
  }
}

async function writingIn(locale: Locale) {
  const timeZone = env().STUDIO_TIME_ZONE
  // loadMessages was asked for exactly these namespaces
  const messages = (await loadMessages(locale, ['mail', 'notifications', 'settings'])) as Messages
  const base = { locale: WRITING[locale], messages, timeZone }
  const format = createFormatter({ locale: WRITING[locale], timeZone })
  return {
    t: createTranslator<Messages, 'mail'>({ ...base, namespace: 'mail' }),
    tNotice: createTranslator<Messages, 'notifications'>({ ...base, namespace: 'notifications' }),
    tProfile: createTranslator<Messages, 'settings.profile'>({ ...base, namespace: 'settings.profile' }),
    date: (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'long' }),
    time: (iso: string) =>
      format.dateTime(new Date(iso), {
        ...{ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
        ...{ hourCycle: 'h23', timeZoneName: 'short' },
      }),
  }
}
