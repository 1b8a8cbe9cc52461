import 'server-only'
import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { cameByHttps } from '@/lib/access/address'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { keyFor } from '@/lib/platform/secret'

export const SESSION_DAYS = 30
const SEEN_EVERY_MS = 60_000

/** What a session's token says: the session alone. */
export const sessionClaims = z.object({ sid: z.uuid() })

/** A person who is signed in, as the database knows them now. */
export type SignedIn = {
  sessionId: string
  person: { id: string; name: string; email: string; locale: string | null; theme: string | null }
  lastTeamId: string | null
  createdAt: Date
  /** Somebody else turned their second factor off, and they have not seen it yet. */
  hasResetToSee: boolean
}

/** Whether this visitor, or everybody, reaches the studio over https: cookies must then never travel otherwise. */
export function hasSecureCookies(headers: Headers): boolean {
  return cameByHttps(headers) || (env().STUDIO_URL?.startsWith('https://') ?? false)
}

/** A cookie of one kind is never read for the other: over https a neighbour on plain http could have planted it. */
function sessionCookieName(headers: Headers): string {
  return `${hasSecureCookies(headers) ? '__Secure-' : ''}next-auth.session-token`
}

/** The session's token in these headers' cookie, whatever it is worth. */
export function readSessionToken(headers: Headers): string | null {
  return readCookie(headers, sessionCookieName(headers))
}

/** The key that next-auth signs and encrypts its cookies with. */
export function cookieSecret(): string {
  return keyFor('next-auth').toString('base64url')
}

/** Who is signed in by these headers' cookie: the token must be ours and its Session row must still stand. */
export async function findSession(headers: Headers): Promise<SignedIn | null> {
  const sessionId = await findSessionId(headers)
  if (!sessionId) return null
  const session = await db().session.findFirst({
    where: { id: sessionId, endedAt: null, expiresAt: { gt: new Date() }, user: { disabledAt: null } },
    select: {
      lastSeenAt: true,
      createdAt: true,
      user: {
        select: {
          id: true,
          name: true,
          email: true,
          locale: true,
          theme: true,
          lastTeamId: true,
          secondFactorResetAt: true,
        },
      },
    },
  })
  if (!session) return null
  await noteSeen(sessionId, session.lastSeenAt)
  const { lastTeamId, secondFactorResetAt, ...person } = session.user
  const { createdAt } = session
  return { sessionId, person, lastTeamId, createdAt, hasResetToSee: secondFactorResetAt !== null }
}

/** The session id inside the cookie's token, whether or not that session still stands. */
export async function findSessionId(headers: Headers): Promise<string | null> {
  const token = readSessionToken(headers)
  if (!token) return null
  const payload = await decode({ token, secret: cookieSecret() }).catch(() => null)
  return sessionClaims.safeParse(payload).data?.sid ?? null
}

/** A cookie's value from the `Cookie` header. */
export function readCookie(headers: Headers, name: string): string | null {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}

async function noteSeen(id: string, lastSeenAt: Date): Promise<void> {
  const before = new Date(Date.now() - SEEN_EVERY_MS)
  if (lastSeenAt > before) return
  await db().session.updateMany({
    where: { id, lastSeenAt: { lt: before } },
    data: { lastSeenAt: new Date() },
  })
}
