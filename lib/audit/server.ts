import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import type { AuditPage, ListAuditQuery } from '@/lib/audit/schema'
import { after, page } from '@/lib/platform/cursor'
import { db, type Tx } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'

type Entry = {
  teamId: string | null
  actorId: string | null
  /** What was done, as `noun.verb`: `member.removed`. */
  act: string
  /** The id of what it was done to. */
  subject: string
  detail?: Prisma.InputJsonObject
}

/** Writes down an act on people, keys, links or the team inside the act's own transaction: both happen or neither. */
export async function audit(tx: Tx, { detail = {}, ...entry }: Entry): Promise<void> {
  await tx.auditEntry.create({ data: { ...entry, detail } })
}

/** The same for what a person's sign-in is about: every team that they are in has it in its log. */
export async function auditInTeamsOf(tx: Tx, userId: string, entry: Omit<Entry, 'teamId'>): Promise<void> {
  const memberships = await tx.membership.findMany({ where: { userId }, select: { teamId: true } })
  const teamIds = memberships.length > 0 ? memberships.map(({ teamId }) => teamId) : [null]
  for (const teamId of teamIds) await audit(tx, { ...entry, teamId })
}

const details = z.record(z.string(), z.unknown()).catch({})

/** What was written down in the actor's team, newest first, with the names that people have now. */
export async function listAudit(actor: Actor, { cursor, limit }: ListAuditQuery): Promise<AuditPage> {
  requirePermission(actor, 'see_audit')
  const rows = await db().auditEntry.findMany({
    where: { teamId: actor.teamId, ...after(cursor) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const names = await namesOf(rows.flatMap(({ actorId, subject }) => [actorId, subject]))
  return page(rows, limit, ({ id, createdAt, act, actorId, subject, detail }) => ({
    id,
    createdAt: createdAt.toISOString(),
    act,
    actor: actorId === null ? null : { id: actorId, name: names.get(actorId) ?? '' },
    subject: { id: subject, name: names.get(subject) ?? null },
    detail: details.parse(detail),
  }))
}

const uuid = z.uuid()

async function namesOf(ids: (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids)].flatMap((id) => uuid.safeParse(id).data ?? [])
  const users = await db().user.findMany({ where: { id: { in: known } }, select: { id: true, name: true } })
  return new Map(users.map(({ id, name }) => [id, name]))
}
