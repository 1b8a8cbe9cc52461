import 'server-only'
import type { z } from 'zod'
import { hasSecondFactor } from '@/lib/access/second-factor'
import type { SignedIn } from '@/lib/access/session'
import { requireProof, isFresh } from '@/lib/account/confirm-password'
import { isOwnPasskey } from '@/lib/account/passkey'
import { isPassword } from '@/lib/account/password'
import { takeCode } from '@/lib/account/second-factor'
import { beginAttempt, beginCodeAttempt } from '@/lib/account/throttle'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import type { confirmation } from '@/lib/second-factor/schema'

type Confirmation = z.output<typeof confirmation>

/**
 * Asks whether it is the person themselves: a browser that was left open must not turn off, add or change a factor.
 * Throws `invalid_credentials`; guesses are slowed down (`too_many_requests`).
 */
export async function requireConfirmation(
  { person, sessionId }: SignedIn,
  given: Confirmation,
  headers: Headers,
): Promise<void> {
  const device = sessionId
  const attempt =
    'password' in given
      ? await beginAttempt({ email: person.email, network: sessionId, device })
      : await beginCodeAttempt({ userId: person.id, device })
  await requireProof(attempt, () => isRight(person.id, given, headers))
}

/**
 * The same for the first factor, which a person who has signed in just now adds without being asked again. Throws
 * `confirmation_required`.
 */
export async function requireConfirmationToAdd(
  session: SignedIn,
  given: Confirmation | undefined,
  headers: Headers,
): Promise<void> {
  if (given) return requireConfirmation(session, given, headers)
  if (!isFresh(session) || (await hasSecondFactor(session.person.id)))
    throw new AppError('confirmation_required')
}

async function isRight(userId: string, given: Confirmation, headers: Headers): Promise<boolean> {
  if ('passkey' in given) return isOwnPasskey(given.passkey, userId, headers)
  if ('code' in given) return db().$transaction((tx) => takeCode(tx, userId, given.code))
  const user = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } })
  return isPassword(given.password, user.passwordHash)
}
