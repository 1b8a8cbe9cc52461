import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { scopesOf, type Role } from '@/lib/access/roles'
import { db } from '@/lib/platform/db'
import type { Heard } from '@/lib/platform/event'
import { liveMemory } from '@/lib/platform/live-memory'
import { tokenHash } from '@/lib/platform/secret'
import type { ApiKey } from '@/prisma/generated/client'

const USED_EVERY_MS = 60_000
const REMEMBERED_MS = 30_000
/** What may change what a key is good for: itself, its creator and their place in the team, the team and its queue. */
const CHANGES: Heard['kind'][] = ['api-key', 'member', 'session', 'team', 'queue', 'resync']

/** What a presented key turned out to be. A revoked key, or one whose creator left the team, is as good as unknown. */
export type Presented = { state: 'ok'; actor: Actor } | { state: 'unknown' } | { state: 'expired' }

/** Looks an API key up and says for whom it acts: with its own scopes, never more than its creator's role now. */
export async function authenticateKey(secret: string): Promise<Presented> {
  const sha256 = tokenHash(secret)
  const name = Buffer.from(sha256).toString('base64')
  const { key } = await remember(name, async () => ({ key: await findKey(sha256) }))
  if (!key) return { state: 'unknown' }
  if (key.expiresAt && key.expiresAt <= new Date()) return { state: 'expired' }
  await noteUsed(key)
  const actor: Actor = {
    userId: key.creatorId,
    teamId: key.teamId,
    teamSlug: key.teamSlug,
    role: key.role,
    scopes: scopesOf(key.role).filter((scope) => key.scopes.includes(scope)),
    principal: `key:${key.id}`,
    isDraining: key.isDraining,
    isPrivateByDefault: key.isPrivateByDefault,
    via: 'api-key',
    apiKeyId: key.id,
  }
  return { state: 'ok', actor }
}

type Key = Pick<ApiKey, 'id' | 'scopes' | 'expiresAt' | 'lastUsedAt' | 'creatorId' | 'teamId'> & {
  teamSlug: string
  isDraining: boolean
  isPrivateByDefault: boolean
  role: Role
}

const remember = liveMemory<{ key: Key | undefined }>('access.api-keys', {
  max: 1_000,
  ttlMs: REMEMBERED_MS,
  forgets: ({ kind }) => CHANGES.includes(kind),
  isKept: ({ key }) => key !== undefined,
})

async function findKey(sha256: Uint8Array): Promise<Key | undefined> {
  const rows = await db().$queryRaw<Key[]>`
    SELECT k.id::text, k.scopes, k."expiresAt", k."lastUsedAt", k."creatorId"::text, k."teamId"::text,
      t.slug AS "teamSlug", t."queueMode" = 'draining' AS "isDraining", t."isPrivateByDefault", m.role::text
    FROM "ApiKey" k
    JOIN "Team" t ON t.id = k."teamId" AND t."deletedAt" IS NULL
    JOIN "User" u ON u.id = k."creatorId" AND u."disabledAt" IS NULL
    JOIN "Membership" m ON m."teamId" = t.id AND m."userId" = u.id AND m."disabledAt" IS NULL
    WHERE k.sha256 = ${sha256} AND k."revokedAt" IS NULL`
  return rows[0]
}

async function noteUsed(key: Key): Promise<void> {
  const now = new Date()
  if (key.lastUsedAt && key.lastUsedAt.getTime() > now.getTime() - USED_EVERY_MS) return
  key.lastUsedAt = now // what is remembered need not be noted again
  await db().apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } })
}
