import 'server-only'
import { clientNetwork } from '@/lib/access/address'
import { hasSecondFactor } from '@/lib/access/second-factor'
import { findSessionId, SESSION_DAYS } from '@/lib/access/session'
import { findAdmissible, type Admissible } from '@/lib/account/admissible'
import { announceInTeams } from '@/lib/account/announce'
import { makeChallenge } from '@/lib/account/auth-challenge'
import { findDevice } from '@/lib/account/device'
import { tellOfNewDevice } from '@/lib/account/new-device'
import { isPassword } from '@/lib/account/password'
import { identityCookie } from '@/lib/account/sign-in-intent'
import { mustUseSingleSignOn } from '@/lib/account/sign-in-policy'
import { beginAttempt } from '@/lib/account/throttle'
import { auditPerson } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { log } from '@/lib/platform/log'

export type SignedInNow = {
  state: 'signed_in'
  sessionId: string
  email: string
  locale: string | null
  theme: string | null
}

export type SignInResult =
  | SignedInNow
  /** Half done: `token` is what the other half must bring (lib/account/pending-sign-in). */
  | { state: 'second_factor'; token: string }
  /** The proof is right, but a team of theirs takes single sign-on only. */
  | { state: 'single_sign_on_required' }
  | { state: 'refused' }
  | { state: 'wait'; seconds: number }

/** Signs a person in by password. An unknown e-mail, a wrong password and a disabled person get the same answer after the same work. */
export async function signIn(
  given: { email: string; password: string },
  headers: Headers,
): Promise<SignInResult> {
  const email = normalEmail(given.email)
  const attempt = await beginAttempt({
    email,
    network: clientNetwork(headers),
    device: findDevice(headers, email),
  })
  if (attempt.state === 'wait') return attempt
  const user = await db().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, disabledAt: true },
  })
  const isRight = await isPassword(given.password, user?.passwordHash ?? null)
  if (!user || !isRight || user.disabledAt) {
    if (user) noteRefusal(user.id)
    return { state: 'refused' }
  }
  await attempt.succeeded()
  return afterFirstFactor(user.id, { headers, provenBy: 'password' })
}

/** What proved who somebody is, before any second factor. */
export type FirstFactor = 'password' | 'mail_link' | 'passkey' | 'single_sign_on'

/**
 * The one way on for everybody who has proven who they are, by whatever means: refuses what their team does not take,
 * asks for the second factor of who has one, or opens the session. A passkey is something they have and has verified its user: it is both factors.
 */
export async function afterFirstFactor(
  userId: string,
  { headers, provenBy }: { headers: Headers; provenBy: FirstFactor },
): Promise<SignInResult> {
  const person = await findAdmissible(userId)
  if (!person) return { state: 'refused' }
  const isElsewhere = provenBy === 'single_sign_on' || holdsIdentityOf(headers, person.email)
  if (!isElsewhere && (await mustUseSingleSignOn(userId))) return { state: 'single_sign_on_required' }
  if (provenBy !== 'passkey' && (await hasSecondFactor(userId)))
    return { state: 'second_factor', token: await makeChallenge('pending-sign-in', { userId }) }
  return db().$transaction((tx) => openSignedIn(tx, person, headers))
}

/** Single sign-on has just seen the owner of this address in this browser: their other proof then only links the two. */
function holdsIdentityOf(headers: Headers, email: string): boolean {
  const identity = identityCookie.read(headers)
  return identity?.isEmailVerified === true && identity.email === email
}

/**
 * Opens the session of a person who has proven all there is to prove. Ends the one that this browser had, and tells
 * the person by mail when they never used this browser.
 */
export async function openSignedIn(tx: Tx, person: Admissible, headers: Headers): Promise<SignedInNow> {
  const previous = await findSessionId(headers)
  if (previous) await endSessions(tx, { id: previous })
  await tellOfNewDevice(tx, person, headers)
  const { id: userId, email, locale, theme } = person
  const sessionId = await openSession(tx, userId, headers.get('user-agent') ?? '')
  return { state: 'signed_in', sessionId, email, locale, theme }
}

/** The one form in which an e-mail address is kept and looked up. */
export function normalEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}

async function openSession(tx: Tx, userId: string, userAgent: string): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_DAYS * DAY_MS)
  const session = await tx.session.create({
    data: { userId, userAgent: userAgent.slice(0, 400), expiresAt },
    select: { id: true },
  })
  await auditPerson(tx, userId, { act: 'person.signed_in' })
  return session.id
}

/** Not waited for: the time until the answer would tell who exists. How many there can be, the throttle bounds. */
function noteRefusal(userId: string): void {
  const noted = db().$transaction((tx) =>
    auditPerson(tx, userId, { act: 'person.sign_in_failed', actorId: null }),
  )
  noted.catch((error: unknown) => log.warn('audit.refusal_not_noted', { error }))
}

/** Ends a session if it still stands: its next request is refused and its event stream closes. */
export async function endSession(id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const [ended] = await endSessions(tx, { id })
    if (ended) await auditPerson(tx, ended.userId, { act: 'person.signed_out' })
  })
}

/** Ends the standing sessions that match, inside the act's transaction. Returns those that ended. */
export async function endSessions(
  tx: Tx,
  where: { id: string } | { userId: string; id?: string | { not: string } },
): Promise<{ id: string; userId: string }[]> {
  const ended = await tx.session.updateManyAndReturn({
    where: { ...where, endedAt: null },
    data: { endedAt: new Date() },
    select: { id: true, userId: true },
  })
  for (const { id, userId } of ended) await announceInTeams(tx, userId, { kind: 'session', id })
  return ended
}
