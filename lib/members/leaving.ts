import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requireReach } from '@/lib/access/permissions'
import { ROLES, roleCan } from '@/lib/access/roles'
import { budgetsHeldBy, endBudgetsOf } from '@/lib/budgets/leaving'
import { cancelQueued } from '@/lib/generations/cancel'
import {
  findMembership,
  getMembership,
  idOf,
  inTeam,
  keepAnOwner,
  recordMemberChange,
  withdrawInvitationsOf,
  workOf,
  type Target,
} from '@/lib/members/membership'
import type { Holdings } from '@/lib/members/schema'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'

/**
 * What a member holds in the team and who could take over their share links: asked before they go. For those who may
 * remove the member, and for the member.
 */
export async function getHoldings(actor: Actor, userId: string): Promise<Holdings> {
  const { teamId } = actor
  const target = await getMembership(db(), teamId, userId)
  if (!isSelf(actor, userId)) requireReach(actor, [target.role])
  const apiKeys = await db().apiKey.findMany({
    where: { teamId, creatorId: userId, revokedAt: null, OR: unexpired() },
    select: { id: true, name: true },
    orderBy: { createdAt: 'desc' },
    take: 100,
  })
  const keyIds = apiKeys.map(({ id }) => id)
  const made = { teamId, makerId: userId }
  const [shareLinks, invitations, templates, queued, privates, budgets, heirs] = await Promise.all([
    standingLinks(db(), target).then((where) => db().shareLink.count({ where })),
    db().invitation.count({
      where: {
        teamId,
        createdById: userId,
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: new Date() },
      },
    }),
    db().promptTemplate.count({ where: made }),
    db().generation.count({ where: { ...made, status: 'queued' } }),
    db().generation.count({ where: { ...made, isPrivate: true } }),
    db().budget.count({ where: budgetsHeldBy(target, keyIds) }),
    listHeirs(target),
  ])
  const counts = { shareLinks, invitations, templates, queued, privates, budgets }
  return { ...counts, apiKeys: apiKeys.map(({ name }) => name), heirs }
}

/**
 * Takes a member out of the team, or lets oneself leave. In one transaction their keys, open invitations and budgets end, what
 * they have in the queue of this team is canceled, and their share links go to the heir or end. Throws `last_owner`, and
 * `heir_invalid` for somebody who could not have made the links.
 */
export async function removeMember(
  actor: Actor,
  userId: string,
  { heirId }: { heirId?: string } = {},
): Promise<void> {
  await inTeam(actor, async (tx, ownRole) => {
    const target = await getMembership(tx, actor.teamId, userId)
    if (!isSelf(actor, userId)) requireReach(actor, [target.role], ownRole)
    await keepAnOwner(tx, target)
    const links = heirId ? await handOver(tx, target, heirId) : 0
    await endMembership(tx, target)
    const detail = { role: target.role, ...(links > 0 && heirId && { links, heirId }) }
    await recordMemberChange(tx, actor, { act: 'member.removed', userId, detail })
  })
}

/** Ends a membership with everything that acts by itself for that person in that team. */
export async function endMembership(tx: Tx, target: Target): Promise<void> {
  const { teamId, userId } = target
  const revoked = { revokedAt: new Date() }
  await tx.membership.delete({ where: idOf(target) })
  const keys = await tx.apiKey.updateManyAndReturn({
    where: { teamId, creatorId: userId, revokedAt: null },
    data: revoked,
    select: { id: true },
  })
  const keyIds = keys.map(({ id }) => id)
  const links = await tx.shareLink.updateMany({
    where: { teamId, makerId: userId, revokedAt: null },
    data: revoked,
  })
  if (keys.length > 0) await publish(tx, { team: teamId, kind: 'api-key', id: userId })
  if (links.count > 0) await publish(tx, { team: teamId, kind: 'share-link', id: userId })
  await withdrawInvitationsOf(tx, target)
  await endBudgetsOf(tx, target, keyIds)
  await cancelQueued(tx, workOf(target))
}

/** Makes the heir the maker of the links that stand now; returns how many. Throws `heir_invalid` for who could not have made them. */
export async function handOver(tx: Tx, target: Target, heirId: string): Promise<number> {
  const heir = await findMembership(tx, target.teamId, heirId)
  const canInherit = heir && !heir.disabledAt && heirId !== target.userId && roleCan(heir.role, 'link_all')
  if (!canInherit)
    throw new AppError('heir_invalid', { detail: 'Only an active admin or owner takes over links.' })
  const { count } = await tx.shareLink.updateMany({
    where: await standingLinks(tx, target),
    data: { makerId: heirId, apiKeyId: null },
  })
  if (count > 0) await publish(tx, { team: target.teamId, kind: 'share-link', id: heirId })
  return count
}

/** What a key made goes with the key: a link of one that is over already does not wake up under an heir. */
async function standingLinks(tx: Tx, { teamId, userId }: Target) {
  const keys = await tx.apiKey.findMany({
    where: { teamId, creatorId: userId, revokedAt: null, OR: unexpired() },
    select: { id: true },
  })
  return {
    teamId,
    makerId: userId,
    revokedAt: null,
    AND: [{ OR: unexpired() }, { OR: [{ apiKeyId: null }, { apiKeyId: { in: keys.map(({ id }) => id) } }] }],
  }
}

/** Who may link everybody's images: for anybody else the links would show nothing. */
async function listHeirs({ teamId, userId }: Target): Promise<Holdings['heirs']> {
  const rows = await db().membership.findMany({
    where: {
      teamId,
      userId: { not: userId },
      role: { in: ROLES.filter((role) => roleCan(role, 'link_all')) },
      disabledAt: null,
      user: { disabledAt: null },
    },
    select: { user: { select: { id: true, name: true } } },
    orderBy: [{ role: 'asc' }, { createdAt: 'asc' }],
    take: 200,
  })
  return rows.map(({ user }) => user)
}

const isSelf = (actor: Actor, userId: string) => userId === actor.userId && actor.via !== 'api-key'

const unexpired = () => [{ expiresAt: null }, { expiresAt: { gt: new Date() } }]
