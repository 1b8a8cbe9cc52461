import 'server-only'
import { isFresh } from '@/lib/account/confirm-password'
import type { z } from 'zod'
import type { SignedIn } from '@/lib/access/session'
import { makeChallenge, takeChallenge } from '@/lib/account/auth-challenge'
import { placeOf } from '@/lib/account/passkey'
import { renewRecoveryCodes } from '@/lib/account/recovery-codes'
import { beginCodeAttempt } from '@/lib/account/throttle'
import { newTotpSecret, sealTotpSecret, totpStep, totpUri, unsealTotpSecret } from '@/lib/account/totp'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { addFactor, inTurn, noteChange, removeFactor } from '@/lib/second-factor/change'
import { requireConfirmation, requireConfirmationToAdd } from '@/lib/second-factor/confirmation'
import { selectPasskey, toPasskey } from '@/lib/second-factor/present'
import type {
  beginInput,
  confirmedInput,
  confirmTotpInput,
  NewRecoveryCodes,
  SecondFactor,
  TotpSetUp,
} from '@/lib/second-factor/schema'

/** How the person's sign-in is secured, as their profile shows it. */
export async function getSecondFactor(session: SignedIn, headers: Headers): Promise<SecondFactor> {
  const user = await db().user.findUniqueOrThrow({
    where: { id: session.person.id },
    select: {
      passwordHash: true,
      secondFactorResetAt: true,
      totpFactor: { select: { createdAt: true, lastUsedAt: true } },
      passkeys: { select: selectPasskey, orderBy: { createdAt: 'asc' } },
      recoveryCodes: { where: { usedAt: null }, select: { id: true } },
    },
  })
  const place = placeOf(headers)
  return {
    totp: user.totpFactor && {
      createdAt: user.totpFactor.createdAt.toISOString(),
      lastUsedAt: user.totpFactor.lastUsedAt?.toISOString() ?? null,
    },
    passkeys: user.passkeys.map((passkey) => toPasskey(passkey, place)),
    recoveryCodesLeft: user.recoveryCodes.length,
    hasPassword: user.passwordHash !== null,
    canHavePasskeys: place !== null,
    isFresh: isFresh(session),
    resetAt: user.secondFactorResetAt?.toISOString() ?? null,
  }
}

/** Makes a secret for an authenticator app. Nothing changes before the app has shown that it has it. */
export async function beginTotp(
  session: SignedIn,
  { confirmation }: z.output<typeof beginInput>,
  headers: Headers,
): Promise<TotpSetUp> {
  await requireConfirmationToAdd(session, confirmation, headers)
  const { id: userId, email } = session.person
  const secret = newTotpSecret()
  const token = await makeChallenge('totp-set-up', { userId, data: sealTotpSecret(secret) })
  return { token, secret, uri: totpUri(secret, email) }
}

/**
 * Turns the app on by its first code, instead of the one before. Throws `invalid_credentials` for a wrong code,
 * `conflict` when this set-up is over, `too_many_requests` after too many wrong ones.
 */
export async function confirmTotp(
  session: SignedIn,
  { token, code }: z.output<typeof confirmTotpInput>,
): Promise<NewRecoveryCodes> {
  const userId = session.person.id
  const attempt = await beginCodeAttempt({ userId, device: session.sessionId })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  const recoveryCodes = await addFactor(session, { act: 'totp.added' }, async (tx) => {
    const begun = await takeChallenge('totp-set-up', token, tx)
    const secret = begun?.data && begun.userId === userId ? unsealTotpSecret(begun.data) : null
    if (!secret) throw new AppError('conflict', { detail: 'This set-up is over: begin again.' })
    const lastStep = totpStep(secret, code.replace(/\s/g, ''))
    if (lastStep === null) throw new AppError('invalid_credentials') // the set-up stays: nothing of this is kept
    const factor = { secretCipher: sealTotpSecret(secret), lastStep, lastUsedAt: null, createdAt: new Date() }
    await tx.totpFactor.upsert({ where: { userId }, create: { userId, ...factor }, update: factor })
  })
  await attempt.succeeded()
  return { recoveryCodes }
}

/** Throws `not_found` where there is no app, and as `requireConfirmation` does. */
export async function removeTotp(
  session: SignedIn,
  { confirmation }: z.output<typeof confirmedInput>,
  headers: Headers,
): Promise<void> {
  await requireConfirmation(session, confirmation, headers)
  await removeFactor(session, { act: 'totp.removed' }, async (tx) => {
    const { count } = await tx.totpFactor.deleteMany({ where: { userId: session.person.id } })
    if (count === 0) throw new AppError('not_found')
  })
}

/** New recovery codes instead of all the person had. Throws `conflict` while there is no factor that they could stand in for. */
export async function replaceRecoveryCodes(
  session: SignedIn,
  { confirmation }: z.output<typeof confirmedInput>,
  headers: Headers,
): Promise<NewRecoveryCodes> {
  await requireConfirmation(session, confirmation, headers)
  const { id: userId } = session.person
  return inTurn(userId, async (tx) => {
    const factors = await tx.totpFactor.count({ where: { userId } })
    const passkeys = await tx.passkey.count({ where: { userId } })
    if (factors + passkeys === 0) throw new AppError('conflict')
    await noteChange(tx, { userId, actorId: userId, act: 'recovery-code.renewed' })
    return { recoveryCodes: await renewRecoveryCodes(tx, userId) }
  })
}

/** The person has read that somebody else turned their two-step sign-in off. */
export async function noteResetSeen({ person }: SignedIn): Promise<void> {
  await db().user.update({ where: { id: person.id }, data: { secondFactorResetAt: null } })
}
