import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { signInProviders } from '@/lib/account/providers'
import { audit } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { JOIN_ROLES, type SignInPolicy, type updateSignInPolicyInput } from '@/lib/single-sign-on/schema'

/** Who may join the team by themselves, and how its members sign in. */
export async function getSignInPolicy(actor: Actor): Promise<SignInPolicy> {
  requirePermission(actor, 'see_sign_in')
  return readPolicy(db(), actor.teamId)
}

/**
 * Changes it. By an owner who is there: what a key opened would outlive it (`forbidden`). `conflict` when passwords are switched
 * off before anybody of the team has signed in by single sign-on.
 */
export async function updateSignInPolicy(
  actor: Actor,
  input: z.output<typeof updateSignInPolicyInput>,
): Promise<SignInPolicy> {
  requirePermission(actor, 'change_sign_in')
  if (actor.via === 'api-key') throw new AppError('forbidden')
  return db().$transaction(async (tx) => {
    const { teamId, userId } = actor
    if (input.requiresSingleSignOn && !(await isProven(tx, teamId))) throw new AppError('conflict')
    await tx.team.update({ where: { id: teamId }, data: input })
    const policy = await readPolicy(tx, teamId)
    const { joinDomains, joinRole, requiresSingleSignOn } = policy
    const detail = { domains: joinDomains.join(', '), role: joinRole, requiresSingleSignOn }
    await audit(tx, { teamId, actorId: userId, act: 'sign-in.changed', subject: teamId, detail })
    await publish(tx, { team: teamId, kind: 'team', id: teamId })
    return policy
  })
}

async function readPolicy(tx: Tx, teamId: string): Promise<SignInPolicy> {
  const team = await tx.team.findUniqueOrThrow({
    where: { id: teamId },
    select: { joinDomains: true, joinRole: true, requiresSingleSignOn: true },
  })
  return {
    ...team,
    joinRole: JOIN_ROLES.find((role) => role === team.joinRole) ?? 'viewer',
    isProven: await isProven(tx, teamId),
    unlinkedMembers: await countUnlinked(tx, teamId),
    providers: signInProviders(),
  }
}

const configured = () => ({ in: signInProviders().map(({ id }) => id) as string[] }) // Prisma knows no narrower list

async function isProven(tx: Tx, teamId: string): Promise<boolean> {
  const used = await tx.account.findFirst({
    where: {
      provider: configured(),
      lastUsedAt: { not: null },
      user: { disabledAt: null, memberships: { some: { teamId, disabledAt: null } } },
    },
    select: { id: true },
  })
  return used !== null
}

function countUnlinked(tx: Tx, teamId: string): Promise<number> {
  return tx.membership.count({
    where: {
      teamId,
      disabledAt: null,
      user: {
        disabledAt: null,
        accounts: { none: { provider: configured() } },
        memberships: { none: { role: 'owner', disabledAt: null, team: { deletedAt: null } } },
      },
    },
  })
}
