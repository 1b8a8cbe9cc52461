import 'server-only'
import { keyOf, type Actor } from '@/lib/access/actor'
import { Prisma } from '@/prisma/generated/client'

/**
 * SQL for the budgets that what the actor does counts in: their own, their role's unless they have one of the same unit and
 * window, the key's when a machine asks, and the team's. `b` is a Budget and `t` its Team; with `subjectId`, whose
 * counter it is.
 */
export const budgetsOf = (actor: Actor) => Prisma.sql`(
    SELECT own.*, CASE own.scope WHEN 'team' THEN own."teamId" WHEN 'key' THEN ${keyOf(actor)}::uuid
      ELSE ${actor.userId}::uuid END AS "subjectId"
    FROM "Budget" own
    WHERE own."teamId" = ${actor.teamId}::uuid AND own."removedAt" IS NULL AND CASE own.scope
      WHEN 'team' THEN true
      WHEN 'member' THEN own.subject = ${actor.userId}
      WHEN 'key' THEN own.subject = ${keyOf(actor)}
      WHEN 'role' THEN own.subject = ${actor.role} AND NOT EXISTS (
        SELECT FROM "Budget" nearer WHERE nearer."teamId" = own."teamId" AND nearer."removedAt" IS NULL
          AND nearer.scope = 'member' AND nearer.subject = ${actor.userId}
          AND nearer.unit = own.unit AND nearer."window" = own."window")
    END
  ) b JOIN "Team" t ON t.id = b."teamId"`
