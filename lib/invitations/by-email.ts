import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { requireReach } from '@/lib/access/permissions'
import { INVITATION_DAYS } from '@/lib/invitations/limits'
import { toInvitation } from '@/lib/invitations/present'
import { type Invitation, type Invited, type inviteByEmailInput } from '@/lib/invitations/schema'
import {
  getOpenInvitation,
  insertInvitation,
  recordInvitationChange,
  whereOpen,
} from '@/lib/invitations/server'
import { cancelMailsAbout, isMailOn, queueMail } from '@/lib/mail/server'
import { db, type Tx } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { AppError } from '@/lib/platform/errors'

const RESEND_AFTER_MS = 60_000

/**
 * Invites each address once, with a mail where the studio sends any; the links can be copied all the same. Members and
 * those whose invitation is open are left out and named.
 */
export async function inviteByEmail(
  actor: Actor,
  { role, days, emails, locale }: z.output<typeof inviteByEmailInput>,
): Promise<Invited> {
  requireReach(actor, [role])
  return db().$transaction(async (tx) => {
    // one press at a time: a second one finds what the first invited
    await tx.$queryRaw`SELECT 1 FROM "Team" WHERE "id" = ${actor.teamId}::uuid FOR UPDATE`
    const wanted = [...new Set(emails)]
    const skipped = await findSkipped(tx, actor.teamId, wanted)
    const left = wanted.filter((email) => !skipped.some((one) => one.email === email))
    const sender = await readSender(tx, actor)
    const items: Invited['items'] = []
    for (const email of left) {
      const { row, path } = await insertInvitation(tx, actor, { role, days, email })
      const isMailed = isMailOn()
      if (isMailed) await mail(tx, { ...row, email, path }, { ...sender, locale: locale ?? sender.locale })
      const mailAbout = isMailed ? ({ state: 'waiting', problem: null } as const) : undefined
      items.push({ ...toInvitation(row, { createdBy: sender.name, mail: mailAbout }), path })
    }
    return { items, skipped }
  })
}

/**
 * Mails an open invitation again, with the same link, and gives it at least seven days more. Throws `mail_off`,
 * `conflict` for one without an address, `too_many_requests` within a minute.
 */
export async function resendInvitation(actor: Actor, id: string): Promise<Invitation> {
  return db().$transaction(async (tx) => {
    const { row, path } = await getOpenInvitation(tx, actor, id)
    if (!isMailOn()) throw new AppError('mail_off')
    const { email } = row
    if (email === null) throw new AppError('conflict', { detail: 'This invitation has no address.' })
    const renewed = new Date(Date.now() + INVITATION_DAYS * DAY_MS)
    const expiresAt = renewed > row.expiresAt ? renewed : row.expiresAt
    const before = new Date(Date.now() - RESEND_AFTER_MS)
    const { count } = await tx.invitation.updateMany({
      where: { id, ...whereOpen(), OR: [{ mailedAt: null }, { mailedAt: { lt: before } }] },
      data: { expiresAt },
    })
    if (count === 0) throw new AppError('too_many_requests', { retryAfterS: RESEND_AFTER_MS / 1_000 })
    await cancelMailsAbout(tx, id)
    const sender = await readSender(tx, actor)
    await mail(tx, { ...row, email, expiresAt, path }, sender)
    await recordInvitationChange(tx, actor, 'invitation.mailed', row)
    return toInvitation(
      { ...row, expiresAt },
      { createdBy: sender.name, mail: { state: 'waiting', problem: null } },
    )
  })
}

async function findSkipped(tx: Tx, teamId: string, emails: string[]): Promise<Invited['skipped']> {
  const members = await tx.membership.findMany({
    where: { teamId, user: { email: { in: emails } } },
    select: { user: { select: { email: true } } },
  })
  const invited = await tx.invitation.findMany({
    where: { teamId, email: { in: emails }, ...whereOpen() },
    select: { email: true },
  })
  const isMember = new Set(members.map(({ user }) => user.email))
  const isInvited = new Set(invited.map(({ email }) => email))
  return emails.flatMap((email) => {
    if (isMember.has(email)) return { email, reason: 'member' as const }
    return isInvited.has(email) ? { email, reason: 'invited' as const } : []
  })
}

type Sender = { name: string; team: string; locale?: string | null }

async function readSender(tx: Tx, { userId, teamId }: Actor): Promise<Sender> {
  const { name, locale } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, locale: true },
  })
  const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select: { name: true } })
  return { name, locale, team: team.name }
}

type Mailed = { id: string; teamId: string; role: string; email: string; expiresAt: Date; path: string }

/** In the language of whoever has that address here, else in the one that the sender reads. */
async function mail(tx: Tx, { id, teamId, role, email, expiresAt, path }: Mailed, sender: Sender) {
  const known = await tx.user.findUnique({ where: { email }, select: { name: true, locale: true } })
  await queueMail(tx, {
    ...{ teamId, aboutId: id, kind: 'invitation', expiresAt },
    to: { name: known?.name ?? '', address: email },
    locale: known?.locale ?? sender.locale ?? null,
    values: { name: sender.name, team: sender.team, role, path, expiresAt: expiresAt.toISOString() },
  })
  await tx.invitation.update({ where: { id }, data: { mailedAt: new Date() } })
}
