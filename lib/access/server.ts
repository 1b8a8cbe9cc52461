import 'server-only'
import { credentialOf, type Actor } from '@/lib/access/actor'
import { authenticateKey } from '@/lib/access/api-key'
import { isFromOurPage } from '@/lib/access/origin'
import { limitRate } from '@/lib/access/rate-limit'
import { scopesOf, type Scope } from '@/lib/access/roles'
import { hasSecondFactor } from '@/lib/access/second-factor'
import { findSession, type SignedIn } from '@/lib/access/session'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { AppError, isAppError } from '@/lib/platform/errors'

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * Who asks, by `X-Api-Key` or else by session cookie, in the team of `X-Studio-Team` (slug or id) or the person's
 * last used one. Throws `unauthenticated`, `origin_mismatch` (a change asked by cookie from another site),
 * `not_found` (not a member of that team), `forbidden` (the role or the key lacks the scope) or `too_many_requests`.
 */
export async function requireActor(request: Request, { scope }: { scope: Scope }): Promise<Actor> {
  const actor = await findActor(request)
  if (!actor) throw new AppError('unauthenticated')
  await limitRate(credentialOf(actor))
  if (!actor.scopes.includes(scope)) throw new AppError('forbidden')
  return actor
}

/** The same in the team that a thing belongs to: an `<img>` sends no `X-Studio-Team`, its address alone tells. */
export async function requireActorIn(
  request: Request,
  teamId: string | undefined,
  { scope }: { scope: Scope },
): Promise<Actor> {
  const headers = new Headers(request.headers)
  if (teamId) headers.set('x-studio-team', teamId)
  return requireActor(new Request(request.url, { method: request.method, headers }), { scope })
}

/** The same without a complaint when nobody (or nobody of a team) asks: null. */
export async function optionalActor(request: Request): Promise<Actor | null> {
  try {
    return await findActor(request)
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null
    throw error
  }
}

/** The person behind the cookie, in no team: for what concerns the person alone. Throws as `requireActor` does. */
export async function requirePerson(request: Request): Promise<SignedIn> {
  const session = await findSession(request.headers)
  if (!session) throw new AppError('unauthenticated')
  await limitRate(session.sessionId)
  refuseForeignChange(request)
  return session
}

/** Refuses a change that was not asked by a page of this studio (cross-site request forgery): throws `origin_mismatch`. */
export function refuseForeignChange(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { headers } = request
  const ours = isFromOurPage({
    origin: headers.get('origin'),
    fetchSite: headers.get('sec-fetch-site'),
    host: headers.get('host') ?? new URL(request.url).host,
    studioUrl: env().STUDIO_URL,
  })
  if (!ours) throw new AppError('origin_mismatch')
}

/**
 * What a signed-in person is in one team; null when they are not a member (any more). `team`: slug, id, or last used.
 * Throws `second_factor_required` where the team demands one and they have none.
 */
export async function findMemberActor(session: SignedIn, team: string | null): Promise<Actor | null> {
  const membership = await findMembership(session, team)
  if (!membership) return null
  if (membership.team.demandsSecondFactor && !(await hasSecondFactor(session.person.id)))
    throw new AppError('second_factor_required')
  return {
    userId: session.person.id,
    teamId: membership.team.id,
    teamSlug: membership.team.slug,
    role: membership.role,
    scopes: scopesOf(membership.role),
    principal: session.person.id,
    isDraining: membership.team.queueMode === 'draining',
    isPrivateByDefault: membership.team.isPrivateByDefault,
    via: 'session',
    sessionId: session.sessionId,
  }
}

async function findActor(request: Request): Promise<Actor | null> {
  const team = request.headers.get('x-studio-team')
  const secret = request.headers.get('x-api-key')
  if (secret !== null) return findKeyActor(secret, team)
  const session = await findSession(request.headers)
  if (!session) return null
  refuseForeignChange(request)
  const actor = await findMemberActor(session, team)
  if (!actor) throw new AppError('not_found')
  return actor
}

async function findKeyActor(secret: string, team: string | null): Promise<Actor | null> {
  const presented = await authenticateKey(secret)
  if (presented.state !== 'ok') return null
  const { actor } = presented
  if (team !== null && team !== actor.teamSlug && team.toLowerCase() !== actor.teamId)
    throw new AppError('not_found')
  return actor
}

async function findMembership({ person, lastTeamId }: SignedIn, team: string | null) {
  const named = team === null ? {} : uuid.test(team) ? { id: team.toLowerCase() } : { slug: team }
  const memberships = await db().membership.findMany({
    where: { userId: person.id, disabledAt: null, team: { deletedAt: null, ...named } },
    select: {
      role: true,
      team: {
        select: {
          id: true,
          slug: true,
          queueMode: true,
          isPrivateByDefault: true,
          demandsSecondFactor: true,
        },
      },
    },
    orderBy: { createdAt: 'asc' },
  })
  return memberships.find((membership) => membership.team.id === lastTeamId) ?? memberships[0] ?? null
}
