import 'server-only'
import { randomUUID } from 'node:crypto'
import { isLocale, type Locale } from '@/lib/i18n/locales'
import { letters, type MailKind } from '@/lib/mail/letters'
import { renderMail } from '@/lib/mail/render'
import { deliver, type Delivery } from '@/lib/mail/transport'
import { db } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { unseal } from '@/lib/platform/secret'

/** Longer than a delivery may take: who holds a lease that ran out is dead, not slow. */
const LEASE_S = 180
const FIRST_RETRY_S = 10
const LONGEST_RETRY_S = 3_600
export const SEAL_PURPOSE = 'mail'

/** A row of the queue that this claim alone may send. */
type Claimed = {
  id: string
  claimId: string
  kind: MailKind
  locale: string
  toName: string
  toAddress: string
  values: Uint8Array | null
  teamId: string | null
  attempts: number
  expiresAt: Date
}

/** Sends what is due, one mail after the other, until nothing is or `isStopping`. Returns how many were tried. */
export async function sendDueMails(isStopping = () => false): Promise<number> {
  let tried = 0
  while (!isStopping()) {
    const mail = await claim()
    if (!mail) return tried
    tried += 1
    await settle(mail, await attempt(mail))
  }
  return tried
}

/** When the next mail that waits is due; null when none waits. */
export async function nextDueAt(): Promise<Date | null> {
  const next = await db().mail.findFirst({
    where: { state: 'queued', kind: { in: KINDS } },
    orderBy: { dueAt: 'asc' },
    select: { dueAt: true },
  })
  return next?.dueAt ?? null
}

const KINDS = Object.keys(letters)

/**
 * Takes one row by one guarded statement: of any number of processes one gets it. A lease that ran out is taken too.
 * Kinds that a newer version queued are left to it.
 */
async function claim(): Promise<Claimed | null> {
  const claimId = randomUUID()
  const rows = await db().$queryRaw<Claimed[]>`
    UPDATE "Mail" SET "state" = 'sending', "claimId" = ${claimId}::uuid, "attempts" = "attempts" + 1,
      "leaseUntil" = now() + make_interval(secs => ${LEASE_S})
    WHERE "id" = (
      SELECT "id" FROM "Mail"
      WHERE "kind" = ANY(${KINDS}) AND (("state" = 'queued' AND "dueAt" <= now())
         OR ("state" = 'sending' AND "leaseUntil" < now()))
      ORDER BY "dueAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "id", "claimId", "kind", "locale", "toName", "toAddress", "values", "teamId", "attempts", "expiresAt"`
  return rows[0] ?? null
}

async function attempt(mail: Claimed): Promise<Delivery> {
  if (mail.expiresAt.getTime() <= Date.now())
    return { state: 'refused', problem: 'It could not be sent in time.' }
  const opened = mail.values && unseal(SEAL_PURPOSE, mail.values)
  if (!opened) return { state: 'refused', problem: 'It was written under another STUDIO_SECRET.' }
  const locale: Locale = isLocale(mail.locale) ? mail.locale : 'en'
  const content = await renderMail({ ...mail, locale, values: JSON.parse(opened) })
  return deliver({ ...content, id: mail.id, toName: mail.toName, toAddress: mail.toAddress })
}

/** Writes down what became of it, if this claim still holds the row. */
async function settle(mail: Claimed, delivery: Delivery): Promise<void> {
  const { id, claimId, teamId, attempts, expiresAt } = mail
  const waitS = Math.min(FIRST_RETRY_S * 4 ** (attempts - 1), LONGEST_RETRY_S)
  const dueAt = new Date(Date.now() + waitS * 1_000)
  const problem = delivery.state === 'sent' ? null : delivery.problem
  const isLater = delivery.state === 'later' && dueAt < expiresAt
  const end = {
    state: delivery.state === 'sent' ? 'sent' : 'failed',
    values: null,
    endedAt: new Date(),
  } as const
  const { count } = await db().mail.updateMany({
    where: { id, claimId, state: 'sending' },
    data: { ...(isLater ? ({ state: 'queued', dueAt } as const) : end), problem, leaseUntil: null },
  })
  if (count === 0) return
  if (problem) log.warn(isLater ? 'mail.later' : 'mail.failed', { id, kind: mail.kind, problem })
  if (teamId) await publish(db(), { team: teamId, kind: 'mail', id })
}
