import 'server-only'
import { SCOPES, scopesOf, type Role, type Scope } from '@/lib/access/roles'
import { db, type Tx } from '@/lib/platform/db'

/** Who made something that acts by itself afterwards: a person, or (with `apiKeyId`) one of their keys. */
export type Maker = { userId: string; apiKeyId: string | null }
/** What a maker may do now; the same two that an actor has, so that `can` reads it. */
export type Standing = { role: Role; scopes: readonly Scope[] }

/**
 * What the maker may do in the team now; null when they are no active member any more, or when the key that they used
 * was revoked or is over. What somebody made counts only as long as they might make it now.
 */
export async function findStanding(teamId: string, maker: Maker, tx: Tx = db()): Promise<Standing | null> {
  return (await readStandings(teamId, [maker], tx))(maker)
}

/** The same for many makers of one team, with two queries. */
export async function readStandings(
  teamId: string,
  makers: Maker[],
  tx: Tx = db(),
): Promise<(maker: Maker) => Standing | null> {
  const userIds = [...new Set(makers.map(({ userId }) => userId))]
  const keyIds = makers.flatMap(({ apiKeyId }) => apiKeyId ?? [])
  const memberships = await tx.membership.findMany({
    where: { teamId, userId: { in: userIds }, disabledAt: null, user: { disabledAt: null } },
    select: { userId: true, role: true },
  })
  const keys = await tx.apiKey.findMany({
    where: { teamId, id: { in: keyIds }, revokedAt: null, ...unexpired() },
    select: { id: true, creatorId: true, scopes: true },
  })
  const roles = new Map(memberships.map(({ userId, role }) => [userId, role]))
  const keyOf = new Map(keys.map((key) => [key.id, key]))
  return ({ userId, apiKeyId }) => {
    const role = roles.get(userId)
    if (!role) return null
    if (!apiKeyId) return { role, scopes: scopesOf(role) }
    const key = keyOf.get(apiKeyId)
    if (key?.creatorId !== userId) return null
    return {
      role,
      scopes: SCOPES.filter((scope) => scopesOf(role).includes(scope) && key.scopes.includes(scope)),
    }
  }
}

const unexpired = () => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] })
