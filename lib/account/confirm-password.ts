import 'server-only'
import type { SignedIn } from '@/lib/access/session'
import { isPassword } from '@/lib/account/password'
import { beginAttempt, type Attempt } from '@/lib/account/throttle'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'

const FRESH_MS = 10 * 60_000

/** Whether the person has signed in just now. */
export const isFresh = ({ createdAt }: SignedIn): boolean => Date.now() - createdAt.getTime() < FRESH_MS

/**
 * Asks a signed-in person for their password once more, before what a borrowed browser must not do. Who has none, as they
 * sign in with a linked account, must have signed in just now (`confirmation_required`). Throws `invalid_credentials`;
 * guesses are slowed down like sign-ins (`too_many_requests`).
 */
export async function requirePassword(session: SignedIn, password: string): Promise<void> {
  const { person, sessionId } = session
  const user = await db().user.findUniqueOrThrow({ where: { id: person.id }, select: { passwordHash: true } })
  if (user.passwordHash === null) {
    if (!isFresh(session)) throw new AppError('confirmation_required')
    return
  }
  const attempt = await beginAttempt({ email: person.email, network: sessionId, device: sessionId })
  await requireProof(attempt, () => isPassword(password, user.passwordHash))
}

/** Asks for the proof unless there were too many wrong ones. Throws `too_many_requests`, `invalid_credentials`. */
export async function requireProof(attempt: Attempt, isTheirs: () => Promise<boolean>): Promise<void> {
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  if (!(await isTheirs())) throw new AppError('invalid_credentials')
  await attempt.succeeded()
}
