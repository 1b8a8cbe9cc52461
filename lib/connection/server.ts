import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { can, requirePermission } from '@/lib/access/permissions'
import { beginKeyTest } from '@/lib/account/throttle'
import type { AuditAct } from '@/lib/audit/acts'
import { audit } from '@/lib/audit/server'
import { toShownKey } from '@/lib/connection/present'
import type { chooseInput, KeyScope, saveKeyInput, SavedKey, TeamConnection } from '@/lib/connection/schema'
import { recordFacts } from '@/lib/credits/account-facts'
import { transition } from '@/lib/generations/transition'
import { db, type Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { catchUp, publish } from '@/lib/platform/events'
import { accountOfKey } from '@/lib/upstream/accounts'
import type { AccountFacts } from '@/lib/upstream/image-service'
import { describeKeys, forgetKey, lastFourOf, SERVER, storeKey } from '@/lib/upstream/keys'
import {
  connectionFor,
  KEY_REMOVED,
  sandboxConnection,
  serverConnection,
  testKey,
  UNREADABLE,
} from '@/lib/upstream/server'
import type { Prisma } from '@/prisma/generated/client'

const TEST_MS = 15_000

/** What the team generates with, and for its owners what there is to choose from. */
export async function getConnection(actor: Actor): Promise<TeamConnection> {
  const [{ accountId, apiKey, kind, source }, { upstreamChoice: choice }, owners] = await Promise.all([
    connectionFor(actor.teamId),
    db().team.findUniqueOrThrow({ where: { id: actor.teamId }, select: { upstreamChoice: true } }),
    listOwners(actor.teamId),
  ])
  const where = { id: accountId }
  const account = await db().upstreamAccount.findUniqueOrThrow({ where, select: { keyProblem: true } })
  const keyProblem = apiKey === null ? UNREADABLE : account.keyProblem
  const manage = can(actor, 'change_upstream') ? await readManaged(actor) : null
  return { choice, kind, source, keyProblem, owners, manage }
}

/** After a change: this process too has to hear of it before it says what holds. */
async function getChanged(actor: Actor): Promise<TeamConnection> {
  await catchUp()
  return getConnection(actor)
}

async function readManaged({ teamId }: Actor): Promise<NonNullable<TeamConnection['manage']>> {
  const [keys, { kind: serverKind }, isKeeper, teams] = await Promise.all([
    describeKeys([SERVER, teamId]),
    serverConnection(),
    keepsServerKey(teamId),
    db().team.count({ where: { deletedAt: null, upstreamChoice: 'server' } }),
  ])
  return {
    own: toShownKey(keys.get(teamId)),
    serverKind,
    isSetOutside: env().FLAMEL_API_KEY !== undefined,
    server: isKeeper ? { key: toShownKey(keys.get(SERVER)), teams } : null,
  }
}

/**
 * Tests a key and, only when it works, puts it in the place of the one before. What is under way ends on the old one;
 * what waits goes on with the new one when both are of the same Flamel user, else it ends free of charge.
 * Throws `upstream_refused` (with Flamel's code), `unavailable`, `too_many_requests`, `conflict` where the environment has the key.
 */
export async function saveKey(
  actor: Actor,
  { scope, key: apiKey }: z.output<typeof saveKeyInput>,
): Promise<SavedKey> {
  await requireKeeper(actor, scope)
  if (scope === 'server' && env().FLAMEL_API_KEY)
    throw new AppError('conflict', { detail: 'FLAMEL_API_KEY is set on the server and goes before.' })
  const sentAt = new Date()
  const facts = await demandWorking(actor, apiKey)
  const outcome = await db().$transaction((tx) => putKey(tx, actor, { scope, apiKey, facts, sentAt }))
  return { connection: await getChanged(actor), outcome }
}

async function demandWorking({ userId }: Actor, apiKey: string): Promise<AccountFacts> {
  const attempt = await beginKeyTest({ userId })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  const reply = await testKey(apiKey, AbortSignal.timeout(TEST_MS))
  if (reply.kind === 'refused') throw new AppError('upstream_refused', { detail: reply.code })
  if (reply.kind !== 'ok')
    throw new AppError('unavailable', { detail: 'Flamel did not answer the test; nothing was changed.' })
  await attempt.succeeded()
  return reply.value
}

type NewKey = { scope: KeyScope; apiKey: string; facts: AccountFacts; sentAt: Date }

async function putKey(tx: Tx, actor: Actor, { scope, apiKey, facts, sentAt }: NewKey) {
  const place = placeOf(actor, scope)
  const upstream = { baseUrl: env().FLAMEL_API_URL, apiKey, userId: facts.userId }
  const accountId = await accountOfKey(tx, upstream) // holds a lock: of two at once the second sees the first
  const where = { scope: place }
  const before = await tx.upstreamKey.findUnique({ where, select: { accountId: true, lastFour: true } })
  await storeKey(tx, { scope: place, apiKey, accountId, addedById: actor.userId })
  await recordFacts(tx, { accountId, facts, sentAt })
  if (scope === 'own') await setChoice(tx, actor, 'own')
  await endQueued(tx, scope === 'own' ? ofTeam(actor) : ofServer, accountId)
  const detail = { scope, lastFour: lastFourOf(apiKey), ...(before && { before: before.lastFour }) }
  await note(tx, actor, { act: before ? 'upstream-key.replaced' : 'upstream-key.added', detail })
  await announce(tx, actor, scope)
  if (!before) return 'added'
  return before.accountId === accountId ? 'same_account' : 'other_account'
}

/**
 * Forgets a key for good. Its team generates with the server's from now on; without the server's key, with the sandbox.
 * Throws `not_found`.
 */
export async function removeKey(actor: Actor, scope: KeyScope): Promise<TeamConnection> {
  await requireKeeper(actor, scope)
  const next = scope === 'own' ? await serverConnection() : await sandboxConnection()
  await db().$transaction(async (tx) => {
    const lastFour = await forgetKey(tx, placeOf(actor, scope))
    if (lastFour === null) throw new AppError('not_found')
    if (scope === 'own') {
      const { count } = await tx.team.updateMany({
        where: { id: actor.teamId, upstreamChoice: 'own' },
        data: { upstreamChoice: 'server' },
      })
      if (count === 1) await endQueued(tx, ofTeam(actor), next.accountId)
    } else if (!env().FLAMEL_API_KEY) await endQueued(tx, ofServer, next.accountId)
    await note(tx, actor, { act: 'upstream-key.removed', detail: { scope, lastFour } })
    await announce(tx, actor, scope)
  })
  return getChanged(actor)
}

/** Chooses what the team generates with. Throws `conflict` for a key of its own that there is none of. */
export async function chooseConnection(
  actor: Actor,
  { choice }: z.output<typeof chooseInput>,
): Promise<TeamConnection> {
  await requireKeeper(actor, 'own')
  const next =
    choice === 'own' ? null : choice === 'sandbox' ? await sandboxConnection() : await serverConnection()
  await db().$transaction(async (tx) => {
    const own = await tx.upstreamKey.findUnique({ where: { scope: actor.teamId } })
    const accountId = next?.accountId ?? own?.accountId
    if (!accountId) throw new AppError('conflict', { detail: 'The team has no key of its own.' })
    if (!(await setChoice(tx, actor, choice))) return
    await endQueued(tx, ofTeam(actor), accountId)
    await note(tx, actor, { act: 'upstream.chosen', detail: { choice } })
    await announce(tx, actor, 'own')
  })
  return getChanged(actor)
}

/** False when it was chosen already. */
async function setChoice(tx: Tx, { teamId }: Actor, choice: 'server' | 'own' | 'sandbox'): Promise<boolean> {
  const { count } = await tx.team.updateMany({
    where: { id: teamId, upstreamChoice: { not: choice } },
    data: { upstreamChoice: choice },
  })
  return count === 1
}

const placeOf = ({ teamId }: Actor, scope: KeyScope) => (scope === 'server' ? SERVER : teamId)
const ofTeam = ({ teamId }: Actor) => ({ teamId })
const ofServer = { team: { upstreamChoice: 'server' } } as const

/**
 * Ends what waits for another account than the one that is generated with from now on, free of charge: nothing more is
 * sent with a key that was taken away, and styles and images of one account mean nothing to another.
 */
async function endQueued(tx: Tx, where: Prisma.GenerationWhereInput, accountId: string): Promise<void> {
  await transition(
    tx,
    'fail',
    { where: { ...where, status: 'queued', accountId: { not: accountId } } },
    { errorCode: KEY_REMOVED, charged: 'no', finishedAt: new Date() },
  )
}

async function note(
  tx: Tx,
  { teamId, userId }: Actor,
  entry: { act: AuditAct; detail: Prisma.InputJsonObject },
): Promise<void> {
  await audit(tx, { teamId, actorId: userId, subject: teamId, ...entry })
}

/** Every process forgets what it remembers of the key, and every open page asks again. */
async function announce(tx: Tx, { teamId }: Actor, scope: KeyScope): Promise<void> {
  await publish(tx, { team: scope === 'server' ? '*' : teamId, kind: 'upstream', id: teamId })
}

/** Keys are given and taken by an owner in person: an API key of the Studio never may. */
async function requireKeeper(actor: Actor, scope: KeyScope): Promise<void> {
  requirePermission(actor, 'change_upstream')
  if (actor.via === 'api-key') throw new AppError('forbidden')
  if (scope === 'server' && !(await keepsServerKey(actor.teamId))) throw new AppError('forbidden')
}

/** The server's key is looked after by the owners of the team that was there first: all others spend from it too. */
async function keepsServerKey(teamId: string): Promise<boolean> {
  const first = await db().team.findFirst({
    where: { deletedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return first?.id === teamId
}

async function listOwners(teamId: string): Promise<string[]> {
  const owners = await db().membership.findMany({
    where: { teamId, role: 'owner', disabledAt: null },
    select: { user: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
  })
  return owners.map(({ user }) => user.name)
}
