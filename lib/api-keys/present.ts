import 'server-only'
import { SCOPES } from '@/lib/access/roles'
import type { ApiKey } from '@/lib/api-keys/schema'

export const selectApiKey = (teamId: string) =>
  ({
    id: true,
    name: true,
    prefix: true,
    scopes: true,
    createdAt: true,
    lastUsedAt: true,
    expiresAt: true,
    creator: {
      select: {
        id: true,
        name: true,
        disabledAt: true,
        memberships: { where: { teamId, disabledAt: null }, select: { role: true } },
      },
    },
  }) as const

type Row = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
  creator: { id: string; name: string; disabledAt: Date | null; memberships: unknown[] }
}

export function toApiKey({ creator, scopes, ...row }: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    creator: { id: creator.id, name: creator.name },
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    isExpired: row.expiresAt !== null && row.expiresAt <= new Date(),
    isAsleep: creator.disabledAt !== null || creator.memberships.length === 0,
  }
}
