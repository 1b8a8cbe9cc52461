import 'server-only'
import type { z } from 'zod'
import { keyOf, type Actor } from '@/lib/access/actor'
import { requirePermission, can } from '@/lib/access/permissions'
import { scopesOf } from '@/lib/access/roles'
import { selectApiKey, toApiKey } from '@/lib/api-keys/present'
import type { ApiKeyList, createApiKeyInput, NewApiKey } from '@/lib/api-keys/schema'
import type { AuditAct } from '@/lib/audit/acts'
import { audit } from '@/lib/audit/server'
import { cancelQueued } from '@/lib/generations/cancel'
import { db, type Tx } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { presentRows } from '@/lib/platform/present-rows'
import { newToken, tokenHash } from '@/lib/platform/secret'

const PREFIX = 'fs_'
const SHOWN_CHARACTERS = 9

/** The team's standing keys, newest first: one's own, or everybody's for those who manage keys. */
export async function listApiKeys(actor: Actor): Promise<ApiKeyList> {
  requirePermission(actor, 'make_keys')
  const creatorId = can(actor, 'manage_keys') ? undefined : actor.userId
  const rows = await db().apiKey.findMany({
    where: { teamId: actor.teamId, revokedAt: null, creatorId },
    select: selectApiKey(actor.teamId),
    orderBy: { createdAt: 'desc' },
  })
  return { items: presentRows(rows, toApiKey), nextCursor: null }
}

/**
 * Makes a key that acts for its creator, never with more than their role allows. A key cannot make another: that one
 * would outlive its revocation. Throws `forbidden` for both.
 */
export async function createApiKey(
  actor: Actor,
  input: z.output<typeof createApiKeyInput>,
): Promise<NewApiKey> {
  requirePermission(actor, 'make_keys')
  const isWithinRole = input.scopes.every((scope) => scopesOf(actor.role).includes(scope))
  if (actor.via === 'api-key' || !isWithinRole) throw new AppError('forbidden')
  return db().$transaction((tx) => issue(tx, { ...input, teamId: actor.teamId, creatorId: actor.userId }))
}

/**
 * The shell's way: a read and generate key of the team's first owner. Returns the key itself. Throws `not_found` where
 * there is no such team.
 */
export async function createApiKeyForShell({ name, team }: { name: string; team?: string }): Promise<string> {
  const owner = await db().membership.findFirst({
    where: { role: 'owner', disabledAt: null, team: { deletedAt: null, slug: team } },
    select: { teamId: true, userId: true },
    orderBy: { createdAt: 'asc' },
  })
  if (!owner)
    throw new AppError('not_found', { detail: team ? `There is no team ${team}.` : 'There is no team yet.' })
  const { teamId, userId } = owner
  const scopes = ['read', 'generate'] as const
  const { secret } = await db().$transaction((tx) => issue(tx, { name, scopes, teamId, creatorId: userId }))
  return secret
}

/**
 * Ends a key at once, with its open invitations, its links and what it has in the queue: one's own, or anybody's for
 * those who manage keys. Throws `not_found`.
 */
export async function removeApiKey(actor: Actor, id: string): Promise<void> {
  requirePermission(actor, 'make_keys')
  const creatorId = can(actor, 'manage_keys') ? undefined : actor.userId
  await db().$transaction(async (tx) => {
    const [row] = await tx.apiKey.updateManyAndReturn({
      where: { id, teamId: actor.teamId, creatorId, revokedAt: null },
      data: { revokedAt: new Date() },
      select: { id: true, name: true, prefix: true },
    })
    if (!row) throw new AppError('not_found')
    const made = { where: { apiKeyId: id, revokedAt: null }, data: { revokedAt: new Date() } }
    await tx.invitation.updateMany({ ...made, where: { ...made.where, acceptedAt: null } })
    await tx.shareLink.updateMany(made)
    await cancelQueued(tx, { teamId: actor.teamId, principal: `key:${id}` })
    await note(tx, { ...actor, usedKeyId: keyOf(actor), act: 'api-key.revoked', row })
  })
}

type Issue = {
  name: string
  scopes: readonly string[]
  expiresInDays?: number
  teamId: string
  creatorId: string
}

async function issue(tx: Tx, { name, scopes, expiresInDays, teamId, creatorId }: Issue): Promise<NewApiKey> {
  const secret = `${PREFIX}${newToken()}`
  const row = await tx.apiKey.create({
    data: {
      teamId,
      creatorId,
      name,
      scopes: [...scopes],
      prefix: secret.slice(0, SHOWN_CHARACTERS),
      sha256: tokenHash(secret),
      expiresAt: expiresInDays ? new Date(Date.now() + expiresInDays * DAY_MS) : null,
    },
    select: selectApiKey(teamId),
  })
  await note(tx, { teamId, userId: creatorId, usedKeyId: null, act: 'api-key.created', row })
  return { ...toApiKey(row), secret }
}

type Note = {
  teamId: string
  userId: string
  usedKeyId: string | null
  act: AuditAct
  row: { id: string; name: string; prefix: string }
}

async function note(tx: Tx, { teamId, userId, usedKeyId, act, row }: Note): Promise<void> {
  const { id, name, prefix } = row
  const by = { teamId, actorId: userId, apiKeyId: usedKeyId }
  await audit(tx, { ...by, act, subject: id, detail: { name, prefix } })
  await publish(tx, { team: teamId, kind: 'api-key', id: row.id })
}
