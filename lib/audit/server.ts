import 'server-only'
import { keyOf, type Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import type { AuditAct } from '@/lib/audit/acts'
import { readEntries } from '@/lib/audit/entries'
import { presenter } from '@/lib/audit/present'
import type { AuditPage, ListAuditQuery } from '@/lib/audit/schema'
import { page } from '@/lib/platform/cursor'
import type { Tx } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'

type What = {
  act: AuditAct
  /** The id of what it was done to. */
  subject: string
  detail?: Prisma.InputJsonObject
}

type Entry = What & {
  teamId: string | null
  /** Null for the studio itself. */
  actorId: string | null
  apiKeyId?: string | null
}

/** Writes down an act inside its own transaction: both happen or neither. */
export async function audit(tx: Tx, { detail = {}, ...entry }: Entry): Promise<void> {
  await tx.auditEntry.create({ data: { ...entry, detail } })
}

/** The same for what an actor did in their team, with the key that they used. */
export async function auditAct(tx: Tx, actor: Actor, what: What): Promise<void> {
  await audit(tx, { teamId: actor.teamId, actorId: actor.userId, apiKeyId: keyOf(actor), ...what })
}

type OwnAct = Omit<What, 'subject'> & {
  /** Who did it where that was not the person: null for the studio itself. */
  actorId?: string | null
}

/**
 * Writes down what became of a person's own account (a sign-in, a new password): once in their own log, which has no
 * team, and once in the log of each team that they are in at this moment. So a team keeps what happened while the person
 * was in it, and sees nothing of before and after.
 */
export async function auditPerson(
  tx: Tx,
  personId: string,
  { act, detail = {}, actorId = personId }: OwnAct,
): Promise<void> {
  const memberships = await tx.membership.findMany({
    where: { userId: personId, disabledAt: null, team: { deletedAt: null } },
    select: { teamId: true },
  })
  const teams = [null, ...memberships.map(({ teamId }) => teamId)]
  await tx.auditEntry.createMany({
    data: teams.map((teamId) => ({ teamId, actorId, act, subject: personId, detail })),
  })
}

/** What was written down in the actor's team, newest first. */
export async function listAudit(actor: Actor, { limit, ...asked }: ListAuditQuery): Promise<AuditPage> {
  requirePermission(actor, 'see_audit')
  const rows = await readEntries(actor.teamId, { ...asked, take: limit + 1 })
  return page(rows, limit, await presenter(rows))
}
