import 'server-only'
import type { z } from 'zod'
import type { SignedIn } from '@/lib/access/session'
import { requirePassword } from '@/lib/account/confirm-password'
import { auditPerson } from '@/lib/audit/server'
import type { changeEmailInput } from '@/lib/people/schema'
import { db, isUniqueViolation } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'

/**
 * Gives a person another address to sign in with, once they said their password. Where the studio can send mail, the new
 * address is to be confirmed first: that goes between the two steps. Throws `invalid_credentials` and `already_exists`.
 */
export async function changeEmail(
  session: SignedIn,
  { email, password }: z.output<typeof changeEmailInput>,
): Promise<void> {
  await requirePassword(session, password)
  await setEmail(session.person.id, email)
}

/** The address stands in no log: those entries stay for ever, and an address is erased with the account. */
export async function setEmail(userId: string, email: string): Promise<void> {
  const written = db().$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId, email: { not: email } },
      data: { email },
    })
    if (count === 0) return
    await auditPerson(tx, userId, { act: 'person.email_changed' })
    const memberships = await tx.membership.findMany({ where: { userId }, select: { teamId: true } })
    await publish(
      tx,
      ...memberships.map(({ teamId }) => ({ team: teamId, kind: 'member' as const, id: userId })),
    )
  })
  await written.catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new AppError('already_exists', { cause: error })
    throw error
  })
}
