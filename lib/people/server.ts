import 'server-only'
import type { z } from 'zod'
import type { SignedIn } from '@/lib/access/session'
import { dropChallenges } from '@/lib/account/auth-challenge'
import { requirePassword } from '@/lib/account/confirm-password'
import { findLink, redeemLink, voidLinks } from '@/lib/account/links'
import { hashPassword } from '@/lib/account/password'
import { passwordProblem } from '@/lib/account/password-rules'
import { endSessions, normalEmail } from '@/lib/account/sign-in'
import type { passwordResetInput } from '@/lib/account/schema'
import { beginNamelessAttempt } from '@/lib/account/throttle'
import { auditPerson } from '@/lib/audit/server'
import { selectSession, toOpenSession } from '@/lib/people/present'
import type { changePasswordInput, Me, OpenSessionList, updateMeInput } from '@/lib/people/schema'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { presentRows } from '@/lib/platform/present-rows'
import { listTeamsOf } from '@/lib/teams/server'

export async function getMe({ person }: SignedIn): Promise<Me> {
  return { ...person, teams: await listTeamsOf(person.id) }
}

export async function updateMe(session: SignedIn, input: z.output<typeof updateMeInput>): Promise<Me> {
  const select = { id: true, name: true, email: true, locale: true, theme: true } as const
  const { id, name } = session.person
  const person = await db().$transaction(async (tx) => {
    if (input.name !== undefined && input.name !== name) await auditPerson(tx, id, { act: 'person.renamed' })
    return tx.user.update({ where: { id }, data: input, select })
  })
  return getMe({ ...session, person })
}

/** Sets a new password and ends the person's other sessions. Throws `invalid_credentials` for a wrong present one. */
export async function changePassword(
  session: SignedIn,
  { current, next }: z.output<typeof changePasswordInput>,
): Promise<void> {
  const { person, sessionId } = session
  const problem = passwordProblem(next, person.email)
  if (problem) throw weak(problem)
  await requirePassword(session, current)
  await setPassword(person.id, next, { except: sessionId })
}

/** The shell's way back in: a new password for an owner; every session of theirs ends. Throws `not_found`. */
export async function resetPassword({ email, password }: { email: string; password: string }): Promise<void> {
  const user = await db().user.findUnique({
    where: { email: normalEmail(email) },
    select: { id: true, email: true },
  })
  if (!user) throw new AppError('not_found', { detail: `Nobody here has the e-mail ${email}.` })
  const problem = passwordProblem(password, user.email)
  if (problem) throw weak(problem)
  await setPassword(user.id, password, {})
}

/**
 * A new password by a link that was mailed, or made by an admin: once, and every session of the person ends. A password
 * that cannot be taken leaves the link as it is. Throws `link_invalid`, `validation_failed`, `too_many_requests`.
 */
export async function resetPasswordByLink(
  { token, password }: z.output<typeof passwordResetInput>,
  network: string,
): Promise<void> {
  const attempt = await beginNamelessAttempt({ network })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  const link = await findLink(token, 'reset')
  if (!link) throw new AppError('link_invalid')
  await attempt.succeeded()
  const problem = passwordProblem(password, link.email)
  if (problem) throw weak(problem, 'password')
  await setPassword(link.userId, password, { token })
}

/** `except` is a session that goes on; `token` the link that must still be good, and is used up. */
type How = { except?: string; token?: string }

async function setPassword(userId: string, password: string, { except, token }: How): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db().$transaction(async (tx) => {
    if (token && !(await redeemLink(tx, token, 'reset'))) throw new AppError('link_invalid')
    await voidLinks(tx, userId)
    await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await dropChallenges(tx, userId)
    await endSessions(tx, except ? { userId, id: { not: except } } : { userId })
    const actorId = except || token ? userId : null // at the shell nobody is signed in
    const detail = token ? { by: 'link' } : {}
    await auditPerson(tx, userId, { act: 'person.password_changed', actorId, detail })
  })
}

function weak(problem: string, field = 'next'): AppError {
  return new AppError('validation_failed', {
    detail: 'The new password cannot be taken.',
    errors: [{ path: field, code: 'custom', message: problem }],
  })
}

/** Where the person is signed in, the most recently seen first. */
export async function listSessions({ person, sessionId }: SignedIn): Promise<OpenSessionList> {
  const rows = await db().session.findMany({
    where: { userId: person.id, endedAt: null, expiresAt: { gt: new Date() } },
    select: selectSession,
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  })
  const items = presentRows(rows, (row) => toOpenSession(row, sessionId))
  return { items, nextCursor: null }
}

/** Ends one of the person's own sessions. Throws `not_found`. */
export async function removeSession({ person }: SignedIn, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const ended = await endSessions(tx, { userId: person.id, id })
    if (ended.length === 0) throw new AppError('not_found')
    await auditPerson(tx, person.id, { act: 'person.session_ended' })
  })
}

/** Ends all of the person's sessions but the one that asks. */
export async function removeOtherSessions({ person, sessionId }: SignedIn): Promise<void> {
  await db().$transaction(async (tx) => {
    const { length: count } = await endSessions(tx, { userId: person.id, id: { not: sessionId } })
    await auditPerson(tx, person.id, { act: 'person.sessions_ended', detail: { count } })
  })
}
