import type { Role, Scope } from '@/lib/teams/roles'

/** Who acts, for which team, by which means. `principal` scopes idempotency: a person, or one API key. */
export type Actor = {
  userId: string
  teamId: string
  teamSlug: string
  role: Role
  scopes: readonly Scope[]
  principal: string
} & ({ via: 'session'; sessionId: string } | { via: 'api-key'; apiKeyId: string })
