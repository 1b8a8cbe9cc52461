import 'server-only'
import type { SignedIn } from '@/lib/access/session'
import { isPassword } from '@/lib/account/password'
import { beginAttempt } from '@/lib/account/throttle'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'

/**
 * Asks a signed-in person for their password once more, before what a borrowed browser must not do. Throws
 * `invalid_credentials`; guesses are slowed down like sign-ins (`too_many_requests`).
 */
export async function requirePassword({ person, sessionId }: SignedIn, password: string): Promise<void> {
  const attempt = await beginAttempt({ email: person.email, network: sessionId, device: sessionId })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  const user = await db().user.findUniqueOrThrow({ where: { id: person.id }, select: { passwordHash: true } })
  if (!(await isPassword(password, user.passwordHash))) throw new AppError('invalid_credentials')
  await attempt.succeeded()
}
