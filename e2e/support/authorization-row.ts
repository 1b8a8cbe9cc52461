import type { Team, ResourceFactory } from '@/e2e/support/resource-factories'
import type { Role, Scope } from '@/lib/access/roles'

/**
 * What people are told of one route, written apart from the roles that the code reads: the least role that may, the
 * scope a key needs, what the row acts on. `ok` is the answer to those who may.
 */
export type Row = {
  route: string
  least: Role
  scope: Scope
  ok: number
  thing?: ResourceFactory
  /** The caller's own thing instead of somebody else's. */
  isOwn?: boolean
  body?: (id: string, team: Team) => unknown
  /** A key never may, whatever its scopes. */
  isForPeople?: boolean
  /** The same of a route that knows keys: it refuses them like a role that may not. */
  refusesKeys?: boolean
  /** What a member of another team is told. */
  stranger?: number
  /** Its answer is or holds the bytes of an image: lib/images/revocation.db.test.ts walks it. */
  hasImage?: boolean
  /** Its answer is an archive of what the person made, wherever they made it (lib/people/own-data). */
  hasOwnImages?: boolean
}
