import 'server-only'
import type { z } from 'zod'
import { keyOf, type Actor } from '@/lib/access/actor'
import { requirePermission, requireReach, can } from '@/lib/access/permissions'
import { rolesInReachOf, type Role } from '@/lib/access/roles'
import { findStanding, readStandings, type Standing } from '@/lib/access/standing'
import { hashPassword } from '@/lib/account/password'
import { beginNamelessAttempt } from '@/lib/account/throttle'
import type { AuditAct } from '@/lib/audit/acts'
import { audit, auditAct } from '@/lib/audit/server'
import { toInvitation } from '@/lib/invitations/present'
import {
  type acceptInvitationInput,
  type createInvitationInput,
  type Invitation,
  type InvitationLink,
  type InvitationList,
  type InvitationPreview,
  type Joined,
} from '@/lib/invitations/schema'
import { findMailsAbout } from '@/lib/mail/status'
import { cancelMailsAbout } from '@/lib/mail/server'
import { db, type Tx } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { presentRows } from '@/lib/platform/present-rows'
import { newToken, seal, tokenHash, unseal } from '@/lib/platform/secret'

const PURPOSE = 'invitation'
const pathOf = (token: string) => `/invite/${token}`
export const whereOpen = () => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } })

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(actor: Actor): Promise<InvitationList> {
  requirePermission(actor, 'manage_members')
  const rows = await db().invitation.findMany({
    where: { teamId: actor.teamId, ...whereOpen() },
    orderBy: { createdAt: 'desc' },
    take: 100,
  })
  const standingOf = await readStandings(actor.teamId, rows.map(makerOf))
  const valid = rows.filter((row) => canStillInvite(standingOf(makerOf(row)), row.role))
  const makers = await db().user.findMany({
    where: { id: { in: valid.map((row) => row.createdById) } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(makers.map(({ id, name }) => [id, name]))
  const mailOf = await findMailsAbout(valid.map(({ id }) => id))
  const items = presentRows(valid, (row) =>
    toInvitation(row, { createdBy: nameOf.get(row.createdById) ?? '', mail: mailOf.get(row.id) }),
  )
  return { items, nextCursor: null }
}

/** Invites one person by link, valid for seven days. Nobody gives a role that they could not give a member. */
export async function createInvitation(
  actor: Actor,
  { role, days }: z.output<typeof createInvitationInput>,
): Promise<Invitation & InvitationLink> {
  requireReach(actor, [role])
  return db().$transaction(async (tx) => {
    const { row, path } = await insertInvitation(tx, actor, { role, days, email: null })
    const maker = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { name: true } })
    return { ...toInvitation(row, { createdBy: maker.name }), path }
  })
}

/** A new invitation with its link, written down as the actor's. */
export async function insertInvitation(
  tx: Tx,
  actor: Actor,
  { role, days, email }: { role: Role; days: number; email: string | null },
) {
  const token = newToken()
  const row = await tx.invitation.create({
    data: {
      ...{ teamId: actor.teamId, role, email },
      tokenHash: tokenHash(token),
      tokenCipher: seal(PURPOSE, token),
      createdById: actor.userId,
      apiKeyId: keyOf(actor),
      expiresAt: new Date(Date.now() + days * DAY_MS),
    },
  })
  await recordInvitationChange(tx, actor, 'invitation.created', row)
  return { row, path: pathOf(token) }
}

/** The link of an open invitation once more. `unavailable` when it was made under another STUDIO_SECRET. */
export async function getInvitationLink(actor: Actor, id: string): Promise<InvitationLink> {
  const { path } = await getOpenInvitation(db(), actor, id)
  return { path }
}

/** An open invitation that the actor might have made, with its link. Throws `not_found`, `forbidden`, `unavailable`. */
export async function getOpenInvitation(tx: Tx, actor: Actor, id: string) {
  requirePermission(actor, 'manage_members')
  const row = await tx.invitation.findFirst({ where: { id, teamId: actor.teamId, ...whereOpen() } })
  if (!row || !canStillInvite(await findStanding(actor.teamId, makerOf(row), tx), row.role))
    throw new AppError('not_found')
  requireReach(actor, [row.role])
  const token = unseal(PURPOSE, row.tokenCipher)
  if (!token)
    throw new AppError('unavailable', { detail: 'The link cannot be read any more. Make a new one.' })
  return { row, path: pathOf(token) }
}

/** Takes an open invitation back, with the mails about it that wait. Throws `not_found`. */
export async function removeInvitation(actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'manage_members')
  await db().$transaction(async (tx) => {
    const where = { id, teamId: actor.teamId, acceptedAt: null, revokedAt: null }
    const [row] = await tx.invitation.updateManyAndReturn({ where, data: { revokedAt: new Date() } })
    if (!row) throw new AppError('not_found')
    await cancelMailsAbout(tx, id)
    await recordInvitationChange(tx, actor, 'invitation.withdrawn', row)
  })
}

/**
 * What an invitation offers, for whoever holds its link; null when it is used, withdrawn, too old, no longer its
 * maker's to give, or no invitation.
 */
export async function findInvitation(token: string): Promise<InvitationPreview | null> {
  const row = await db().invitation.findFirst({
    where: { tokenHash: tokenHash(token), ...whereOpen(), team: { deletedAt: null } },
    select: {
      teamId: true,
      role: true,
      email: true,
      expiresAt: true,
      createdById: true,
      apiKeyId: true,
      team: { select: { name: true } },
    },
  })
  if (!row || !canStillInvite(await findStanding(row.teamId, makerOf(row)), row.role)) return null
  const maker = await db().user.findUnique({ where: { id: row.createdById }, select: { name: true } })
  const { role, email, expiresAt, team } = row
  const hasAccount = email !== null && (await db().user.count({ where: { email } })) > 0
  const invitedBy = maker?.name ?? ''
  return { team: team.name, role, invitedBy, expiresAt: expiresAt.toISOString(), email, hasAccount }
}

/**
 * Lets the holder of the link in, once: with a new account, or as the person who is signed in. Throws
 * `invitation_invalid`; `unauthenticated` without an account and a sign-in; `too_many_requests` to a network that guesses;
 * `already_exists` when that person is a member or that e-mail has an account: both leave the
 * invitation open, and an existing membership is never changed by one.
 */
export async function acceptInvitation(
  { token, account }: z.output<typeof acceptInvitationInput>,
  { signedInUserId, network }: { signedInUserId: string | null; network: string },
): Promise<Joined> {
  if (!account && !signedInUserId) throw new AppError('unauthenticated')
  const attempt = await beginNamelessAttempt({ network })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  if (!(await findInvitation(token))) throw new AppError('invitation_invalid')
  await attempt.succeeded()
  const passwordHash = account ? await hashPassword(account.password) : null
  return db().$transaction(async (tx) => {
    const userId = account ? await createPerson(tx, { ...account, passwordHash }) : signedInUserId
    if (!userId) throw new AppError('unauthenticated')
    return joinByInvitation(tx, token, userId)
  })
}

/** Uses the invitation up for this person, inside the act's transaction. Throws as `acceptInvitation` does. */
export async function joinByInvitation(tx: Tx, token: string, userId: string) {
  const invitation = await claim(tx, token, userId)
  return join(tx, { ...invitation, userId })
}

/** A new person, inside the act's transaction; returns the id. Throws `already_exists` when the e-mail has an account. */
export async function createPerson(
  tx: Tx,
  person: { name: string; email: string; locale?: string; passwordHash: string | null },
): Promise<string> {
  const { name, email, locale, passwordHash } = person
  const { count } = await tx.user.createMany({
    data: { name, email, locale, passwordHash },
    skipDuplicates: true,
  })
  if (count === 0) throw new AppError('already_exists')
  const user = await tx.user.findUniqueOrThrow({ where: { email }, select: { id: true } })
  return user.id
}

/** The guarded update that exactly one of several at once wins. */
async function claim(tx: Tx, token: string, userId: string) {
  const [row] = await tx.invitation.updateManyAndReturn({
    where: { tokenHash: tokenHash(token), ...whereOpen() },
    data: { acceptedAt: new Date(), acceptedById: userId },
    select: { id: true, teamId: true, role: true, createdById: true, apiKeyId: true },
  })
  if (!row || !canStillInvite(await findStanding(row.teamId, makerOf(row), tx), row.role))
    throw new AppError('invitation_invalid')
  return row
}

async function join(
  tx: Tx,
  { id, teamId, role, userId }: { id: string; teamId: string; role: Role; userId: string },
) {
  const { count } = await tx.membership.createMany({ data: { teamId, userId, role }, skipDuplicates: true })
  if (count === 0) throw new AppError('already_exists')
  const team = await tx.team.findUniqueOrThrow({
    where: { id: teamId },
    select: { slug: true, deletedAt: true },
  })
  if (team.deletedAt) throw new AppError('invitation_invalid')
  const { count: isThere } = await tx.user.updateMany({
    where: { id: userId, deletedAt: null },
    data: { lastTeamId: teamId },
  })
  if (isThere === 0) throw new AppError('unauthenticated') // deleted their account meanwhile
  await audit(tx, { teamId, actorId: userId, act: 'invitation.accepted', subject: id, detail: { role } })
  await publish(tx, { team: teamId, kind: 'member', id: userId })
  return { team: { slug: team.slug } }
}

const makerOf = (row: { createdById: string; apiKeyId: string | null }) => ({
  userId: row.createdById,
  apiKeyId: row.apiKeyId,
})

/** Asked on every use: an invitation gives what its maker, or the key that made it, could give now. */
const canStillInvite = (standing: Standing | null, role: Role) =>
  standing !== null && can(standing, 'manage_members') && rolesInReachOf(standing.role).includes(role)

export async function recordInvitationChange(
  tx: Tx,
  actor: Actor,
  act: AuditAct,
  { id, role }: { id: string; role: Role },
): Promise<void> {
  await auditAct(tx, actor, { act, subject: id, detail: { role } })
  await publish(tx, { team: actor.teamId, kind: 'member', id: actor.userId })
}
