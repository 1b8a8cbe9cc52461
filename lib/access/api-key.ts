import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { scopesOf } from '@/lib/access/roles'
import { db } from '@/lib/platform/db'
import { tokenHash } from '@/lib/platform/secret'

const USED_EVERY_MS = 60_000

/** What a presented key turned out to be. A revoked key, or one whose creator left the team, is as good as unknown. */
export type Presented = { state: 'ok'; actor: Actor } | { state: 'unknown' } | { state: 'expired' }

/** Looks an API key up and says for whom it acts: with its own scopes, never more than its creator's role now. */
export async function authenticateKey(secret: string): Promise<Presented> {
  const key = await findKey(secret)
  if (!key || key.revokedAt || key.team.deletedAt || key.creator.disabledAt) return { state: 'unknown' }
  const { team, creatorId: userId } = key
  const membership = await db().membership.findUnique({
    where: { teamId_userId: { teamId: team.id, userId } },
    select: { role: true, disabledAt: true },
  })
  if (!membership || membership.disabledAt) return { state: 'unknown' }
  if (key.expiresAt && key.expiresAt <= new Date()) return { state: 'expired' }
  await noteUsed(key.id, key.lastUsedAt)
  const actor: Actor = {
    userId,
    teamId: team.id,
    teamSlug: team.slug,
    role: membership.role,
    scopes: scopesOf(membership.role).filter((scope) => key.scopes.includes(scope)),
    principal: `key:${key.id}`,
    via: 'api-key',
    apiKeyId: key.id,
  }
  return { state: 'ok', actor }
}

function findKey(secret: string) {
  return db().apiKey.findUnique({
    where: { sha256: tokenHash(secret) },
    select: {
      id: true,
      scopes: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
      creatorId: true,
      team: { select: { id: true, slug: true, deletedAt: true } },
      creator: { select: { disabledAt: true } },
    },
  })
}

async function noteUsed(id: string, lastUsedAt: Date | null): Promise<void> {
  if (lastUsedAt && lastUsedAt.getTime() > Date.now() - USED_EVERY_MS) return
  await db().apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date() } })
}
