import 'server-only'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from '@/lib/access/actor'
import { safeNext, secondFactorPath, signInPath } from '@/lib/access/next-path'
import { isLoopbackAddress, isLoopbackHost, type OwnAddress } from '@/lib/access/origin'
import { findMemberActor } from '@/lib/access/server'
import { findSession, type SignedIn } from '@/lib/access/session'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { isAppError } from '@/lib/platform/errors'
import { positionNow } from '@/lib/platform/event-log'

/** The reader of a page: the actor, and what the page says of them and of the team. */
export type PageActor = Actor & {
  person: SignedIn['person']
  hasResetToSee: boolean
  team: { id: string; slug: string; name: string }
  /** The place in the run of events before anything of the page was read: what comes after it may be missing. */
  seenAt: string
}

/**
 * The member who reads a page of the team. Sends the signed-out to the sign-in page (and back afterwards); for
 * strangers the page does not exist. Asked once per request, however often it is called.
 */
export const requirePageActor = cache(async (teamSlug: string): Promise<PageActor> => {
  const seenAt = positionNow()
  const session = await findPagePerson()
  if (!session) redirect(signInPath(await currentPath(`/t/${teamSlug}/create`)))
  const actor = await findPageMember(session, teamSlug)
  if (!actor) notFound()
  if (session.lastTeamId !== actor.teamId) await rememberTeam(actor)
  const team = await db().team.findUniqueOrThrow({
    where: { id: actor.teamId },
    select: { id: true, slug: true, name: true },
  })
  const { person, hasResetToSee } = session
  return { ...actor, person, hasResetToSee, team, seenAt }
})

/** What the reader is in the team (or in the one they used last); who first has to set up a second factor is led there. */
export async function findPageMember(session: SignedIn, team: string | null): Promise<Actor | null> {
  try {
    return await findMemberActor(session, team)
  } catch (error) {
    if (!isAppError(error) || error.code !== 'second_factor_required') throw error
  }
  redirect(secondFactorPath(await currentPath('/')))
}

/** What the id of a page's address names; what is no id, or nobody's of the team, does not exist. */
export async function findForPage<T>(id: string, find: (id: string) => Promise<T>): Promise<T> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) notFound()
  return find(id).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  })
}

/** Who is signed in on a page that needs no team, or null. */
export const findPagePerson = cache(async (): Promise<SignedIn | null> => findSession(await headers()))

/** What the server knows of the address that the page was asked at; the browser knows what it opened. */
export async function ownAddress(): Promise<OwnAddress> {
  return { host: (await headers()).get('host'), studioUrl: env().STUDIO_URL }
}

/** Whether the set-up must refuse this name of the studio: only this machine is listened to, and STUDIO_URL is unset. */
export function isNameless({ host, studioUrl }: OwnAddress): boolean {
  return !studioUrl && isLoopbackAddress(env().HOST) && !isLoopbackHost(host)
}

/** The team that the page's address names, whether it exists or not. */
export async function teamInAddress(): Promise<string | null> {
  return /^\/t\/([^/?]+)/.exec(await currentPath('/'))?.[1] ?? null
}

/** `proxy.ts` writes the page's path into a header; without it the way back leads to `fallback`. */
async function currentPath(fallback: string): Promise<string> {
  const path = safeNext((await headers()).get('x-studio-path'))
  return path === '/' ? fallback : path
}

async function rememberTeam({ userId, teamId }: Actor): Promise<void> {
  await db().user.updateMany({ where: { id: userId }, data: { lastTeamId: teamId } })
}
