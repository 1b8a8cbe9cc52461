import type { Role, Scope } from '@/lib/access/roles'

/** Who acts, for which team, by which means. `principal` scopes idempotency: a person, or one API key. */
export type Actor = {
  userId: string
  teamId: string
  teamSlug: string
  role: Role
  scopes: readonly Scope[]
  principal: string
  /** The team takes no new generations for now. */
  isDraining?: boolean
  /** What is generated is private unless its maker says otherwise. */
  isPrivateByDefault?: boolean
} & ({ via: 'session'; sessionId: string } | { via: 'api-key'; apiKeyId: string })

/** The key that a machine asks with; null for a person. What it makes is kept with it. */
export const keyOf = (actor: Actor): string | null => (actor.via === 'api-key' ? actor.apiKeyId : null)

/** The session or the API key that shows who acts. */
export const credentialOf = (actor: Actor): string =>
  actor.via === 'session' ? actor.sessionId : actor.apiKeyId
