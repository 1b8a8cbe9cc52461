import 'server-only'
import { findAdmissible, type Admissible } from '@/lib/account/admissible'
import { findChallenge, takeChallenge } from '@/lib/account/auth-challenge'
import { findDevice } from '@/lib/account/device'
import { readPendingToken } from '@/lib/account/pending-sign-in'
import { takeRecoveryCode } from '@/lib/account/recovery-codes'
import { openSignedIn, type SignInResult } from '@/lib/account/sign-in'
import { beginCodeAttempt } from '@/lib/account/throttle'
import { takeTotpCode } from '@/lib/account/totp'
import { auditPerson } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'

/**
 * The second half of a sign-in: the code of an authenticator app, or a recovery code. `expired` when the first half is
 * too long ago, was used already, or never was.
 */
export async function signInWithCode(
  code: string,
  headers: Headers,
): Promise<SignInResult | { state: 'expired' }> {
  const token = readPendingToken(headers) ?? ''
  const pending = await findChallenge('pending-sign-in', token)
  const person = pending?.userId ? await findAdmissible(pending.userId) : null
  if (!person) return { state: 'expired' }
  const device = findDevice(headers, person.email)
  const attempt = await beginCodeAttempt({ userId: person.id, device })
  if (attempt.state === 'wait') return attempt
  const result = await finish({ person, token, code, headers })
  if (result.state === 'signed_in') await attempt.succeeded()
  return result
}

type Half = { person: Admissible; token: string; code: string; headers: Headers }

/** All of it or nothing: a code that is taken opens the session, and the half-done sign-in is used up with it. */
async function finish({ person, token, code, headers }: Half) {
  const used = { state: 'expired' } as const
  return db()
    .$transaction(async (tx) => {
      if (!(await takeCode(tx, person.id, code))) return { state: 'refused' } as const
      if (!(await takeChallenge('pending-sign-in', token, tx))) throw used
      return openSignedIn(tx, person, headers)
    })
    .catch((error: unknown) => {
      if (error === used) return used
      throw error
    })
}

/** Uses up a code of the person's app or one of their recovery codes; which of the two, its shape tells. */
export async function takeCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const digits = code.replace(/\s/g, '')
  if (/^\d{6}$/.test(digits)) return takeTotpCode(tx, userId, digits)
  if (!(await takeRecoveryCode(tx, userId, code))) return false
  const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
  await auditPerson(tx, userId, { act: 'recovery-code.used', detail: { left } })
  return true
}
