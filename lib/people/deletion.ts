import 'server-only'
import type { z } from 'zod'
import type { SignedIn } from '@/lib/access/session'
import { requirePassword } from '@/lib/account/confirm-password'
import { endSessions } from '@/lib/account/sign-in'
import { audit, auditPerson } from '@/lib/audit/server'
import { endMembership } from '@/lib/members/leaving'
import type { Target } from '@/lib/members/membership'
import type { deleteAccountInput } from '@/lib/people/schema'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { endTeam, lockTeams } from '@/lib/teams/ending'

/**
 * Deletes a person's account. What they made and spent stays, made by "a former member": the row is kept without name,
 * address and everything else that is theirs. A team that has nobody else ends with it. Throws `invalid_credentials`, and
 * `last_owner` while a team that has others, or the studio's last team, would be left without an owner.
 */
export async function deleteAccount(
  session: SignedIn,
  { password }: z.output<typeof deleteAccountInput>,
): Promise<void> {
  await requirePassword(session, password)
  const userId = session.person.id
  await db().$transaction(async (tx) => {
    await lockTeams(tx)
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid FOR UPDATE` // nothing new hangs on it meanwhile
    const memberships = await tx.membership.findMany({
      where: { userId },
      select: { teamId: true, userId: true, role: true, disabledAt: true, team: { select: teamOf(userId) } },
    })
    const standing = memberships.filter(({ team }) => !team.deletedAt)
    demandHeirs(standing.filter(isSoleOwner))
    await auditPerson(tx, userId, { act: 'person.deleted' })
    await endEmptyTeams(tx, userId, standing.filter(isSoleOwner))
    for (const membership of memberships) await leave(tx, membership)
    await erase(tx, userId)
  })
}

const teamOf = (userId: string) =>
  ({
    id: true,
    name: true,
    deletedAt: true,
    memberships: {
      where: { userId: { not: userId } },
      select: { role: true, disabledAt: true, user: { select: { disabledAt: true } } },
    },
  }) as const

type Other = { role: string; disabledAt: Date | null; user: { disabledAt: Date | null } }
type Standing = Target & { team: { id: string; name: string; memberships: Other[] } }

const isSoleOwner = ({ role, team }: Standing) =>
  role === 'owner' &&
  !team.memberships.some((other) => other.role === 'owner' && !other.disabledAt && !other.user.disabledAt)

function demandHeirs(owned: Standing[]): void {
  const names = owned.filter(({ team }) => team.memberships.length > 0).map(({ team }) => team.name)
  if (names.length > 0)
    throw new AppError('last_owner', { detail: `Still their only owner: ${names.join(', ')}` })
}

async function endEmptyTeams(tx: Tx, userId: string, owned: Standing[]): Promise<void> {
  for (const { team } of owned) await endTeam(tx, { team, actorId: userId, apiKeyId: null })
  if (owned.length === 0) return
  const left = await tx.team.count({ where: { deletedAt: null } })
  if (left === 0) throw new AppError('last_owner', { detail: 'The last team of the studio.' })
}

async function leave(tx: Tx, { teamId, userId, role, disabledAt }: Target): Promise<void> {
  await endMembership(tx, { teamId, userId, role, disabledAt })
  await audit(tx, { teamId, actorId: userId, act: 'member.removed', subject: userId, detail: { role } })
  await publish(tx, { team: teamId, kind: 'member', id: userId })
}

/** Sessions, linked accounts, mails and links say who the person was: their rows go. */
async function erase(tx: Tx, userId: string): Promise<void> {
  const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
  await endSessions(tx, { userId })
  await tx.session.deleteMany({ where: { userId } })
  await tx.account.deleteMany({ where: { userId } })
  await tx.styleFavourite.deleteMany({ where: { userId } })
  await tx.accountLink.deleteMany({ where: { userId } })
  await tx.totpFactor.deleteMany({ where: { userId } })
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.passkey.deleteMany({ where: { userId } })
  await tx.authChallenge.deleteMany({ where: { userId } })
  await tx.notification.deleteMany({ where: { userId } })
  await tx.accountLinkRequest.deleteMany({ where: { email } })
  await tx.mail.deleteMany({ where: { OR: [{ userId }, { toAddress: email }] } })
  await tx.budgetRequest.updateMany({ where: { askerId: userId }, data: { note: '' } })
  await eraseInvitations(tx, userId, email)
  const now = new Date()
  await tx.user.update({
    where: { id: userId },
    data: {
      email: `${userId}@deleted.invalid`,
      name: '',
      ...{ passwordHash: null, locale: null, theme: null, lastTeamId: null, secondFactorResetAt: null },
      ...{ disabledAt: now, deletedAt: now },
    },
  })
}

/** An invitation that is open still is the team's; of one that is over, the address goes. */
async function eraseInvitations(tx: Tx, userId: string, email: string): Promise<void> {
  const isOver = [
    { acceptedAt: { not: null } },
    { revokedAt: { not: null } },
    { expiresAt: { lt: new Date() } },
  ]
  await tx.invitation.updateMany({
    where: { OR: [{ acceptedById: userId }, { email, OR: isOver }] },
    data: { email: null },
  })
}
