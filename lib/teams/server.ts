import 'server-only'
import type { z } from 'zod'
import { keyOf, type Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import type { SignedIn } from '@/lib/access/session'
import type { AuditAct } from '@/lib/audit/acts'
import { auditAct } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { createTeam } from '@/lib/teams/create'
import { endTeam, lockTeams } from '@/lib/teams/ending'
import { selectTeam, toTeam } from '@/lib/teams/present'
import type { MyTeam, Team, createTeamInput, updateTeamInput } from '@/lib/teams/schema'

/** The teams that a person may act in, by name. */
export async function listTeamsOf(userId: string): Promise<MyTeam[]> {
  const memberships = await db().membership.findMany({
    where: { userId, disabledAt: null, team: { deletedAt: null } },
    select: { role: true, team: { select: { id: true, slug: true, name: true } } },
    orderBy: { team: { name: 'asc' } },
  })
  return memberships.map(({ role, team }) => ({ ...team, role }))
}

export async function getTeam(actor: Actor): Promise<Team> {
  const team = await db().team.findUniqueOrThrow({ where: { id: actor.teamId }, select: selectTeam })
  return toTeam(team)
}

/**
 * Adds a team beside the person's others. Only who owns a team already may: every team spends from this studio's one
 * upstream key, and an invited person must not get a share of it by opening a team of their own (`forbidden`).
 */
export async function addTeam(
  { person }: SignedIn,
  { name }: z.output<typeof createTeamInput>,
): Promise<Team> {
  const owned = await db().membership.findFirst({
    where: { userId: person.id, role: 'owner', disabledAt: null, team: { deletedAt: null } },
    select: { teamId: true },
  })
  if (!owned) throw new AppError('forbidden')
  return toTeam(await db().$transaction((tx) => createTeam(tx, { name, ownerId: person.id })))
}

/** Renames the team or moves its address. Throws `already_exists` when another team has that address. */
export async function updateTeam(actor: Actor, input: z.output<typeof updateTeamInput>): Promise<Team> {
  requirePermission(actor, 'change_team')
  return db().$transaction(async (tx) => {
    if (input.slug && (await isTaken(tx, input.slug, actor.teamId))) throw new AppError('already_exists')
    const team = await tx.team.update({ where: { id: actor.teamId }, data: input, select: selectTeam })
    await note(tx, actor, 'team.changed', input)
    return toTeam(team)
  })
}

/**
 * Ends the team: its pages, keys and links stop at once, its rows stay. The studio's last team cannot be deleted
 * (`conflict`). Throws `validation_failed` when the name is another.
 */
export async function deleteTeam(actor: Actor, { confirmation }: { confirmation: string }): Promise<void> {
  requirePermission(actor, 'delete_team')
  const { name } = await getTeam(actor)
  if (confirmation.trim() !== name)
    throw new AppError('validation_failed', { detail: 'The name is another.' })
  await db().$transaction(async (tx) => {
    await lockTeams(tx)
    const others = await tx.team.count({ where: { deletedAt: null, id: { not: actor.teamId } } })
    if (others === 0) throw new AppError('conflict', { detail: 'The last team cannot be deleted.' })
    const team = { id: actor.teamId, name }
    await endTeam(tx, { team, actorId: actor.userId, apiKeyId: keyOf(actor) })
  })
}

async function isTaken(tx: Tx, slug: string, teamId: string): Promise<boolean> {
  return (await tx.team.findFirst({ where: { slug, id: { not: teamId } }, select: { id: true } })) !== null
}

async function note(
  tx: Tx,
  actor: Actor,
  act: AuditAct,
  detail: Record<string, string | boolean>,
): Promise<void> {
  const { teamId } = actor
  await auditAct(tx, actor, { act, subject: teamId, detail })
  await publish(tx, { team: teamId, kind: 'team', id: teamId })
}
