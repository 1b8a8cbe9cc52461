import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { db } from '@/lib/platform/db'

const MOST = 500

/** Whom the log can be narrowed down to: who is in the team, and who was taken out or left. */
export async function listAuditPeople(actor: Actor): Promise<{ id: string; name: string }[]> {
  requirePermission(actor, 'see_audit')
  return db().$queryRaw<{ id: string; name: string }[]>`
    SELECT u.id::text, u.name FROM "User" u
    WHERE u.id IN (
      SELECT m."userId" FROM "Membership" m WHERE m."teamId" = ${actor.teamId}::uuid
      UNION
      SELECT e.subject::uuid FROM "AuditEntry" e
      WHERE e."teamId" = ${actor.teamId}::uuid AND split_part(e.act, '.', 1) = 'member' AND e.act = 'member.removed')
    ORDER BY u.name = '', u.name, u.id
    LIMIT ${MOST}`
}
