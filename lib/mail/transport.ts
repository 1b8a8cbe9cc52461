import 'server-only'
import { createTransport } from 'nodemailer'
import { isLoopbackHost } from '@/lib/access/origin'
import { oneLine, type Rendered } from '@/lib/mail/render'
import { env, type Env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'

const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
/** However slowly the server goes on answering; shorter than the lease of a row (lib/mail/queue). */
export const DELIVERY_MAX_MS = 60_000
const PROBLEM_MAX = 300

export type Delivery =
  | { state: 'sent' }
  /** The server said that it never will (5xx). */
  | { state: 'refused'; problem: string }
  /** Not now (4xx), not reached, or cut off: worth another try. */
  | { state: 'later'; problem: string }

type Outgoing = Rendered & { id: string; toName: string; toAddress: string }

/** Hands one mail to the SMTP server. The Message-ID is the row's, so that a mail which came twice is known as one. */
export async function deliver({ id, toName, toAddress, ...content }: Outgoing): Promise<Delivery> {
  const { from, connection } = settings()
  const transport = createTransport({
    ...connection,
    ...TIMEOUTS_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error('The mail server took too long.')), DELIVERY_MAX_MS)
    timer.unref()
  })
  try {
    const sending = transport.sendMail({
      from,
      // never one string: nodemailer would read further addresses out of a name
      to: { name: oneLine(toName), address: toAddress },
      ...content,
      messageId: `<${id}@${from.address.split('@').at(-1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    await Promise.race([sending, late])
    return { state: 'sent' }
  } catch (error) {
    return failureOf(error)
  } finally {
    transport.close()
  }
}

/** A login that is refused is the operator's to mend, not the end of every mail that waits. */
function failureOf(error: unknown): Exclude<Delivery, { state: 'sent' }> {
  const { message, responseCode, code } =
    error instanceof Error
      ? { responseCode: undefined, code: undefined, ...error, message: error.message }
      : { message: String(error), responseCode: undefined, code: undefined }
  const isFinal = typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH'
  return { state: isFinal ? 'refused' : 'later', problem: oneLine(message).slice(0, PROBLEM_MAX) }
}

type Settings = {
  from: NonNullable<Env['MAIL_FROM']>
  connection: {
    host: string
    port: number
    secure: boolean
    requireTLS: boolean
    auth?: { user: string; pass: string }
  }
}

function settings(): Settings {
  const { SMTP_URL, MAIL_FROM } = env()
  if (!SMTP_URL || !MAIL_FROM) throw new AppError('mail_off')
  const { protocol, hostname, host, port, username, password, search } = new URL(SMTP_URL)
  const secure = protocol === 'smtps:'
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  return {
    from: MAIL_FROM,
    connection: {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port) || (secure ? 465 : 587),
      secure,
      requireTLS: !secure && search !== '?requireTLS=false' && !isLoopbackHost(host),
      auth: username ? auth : undefined,
    },
  }
}
