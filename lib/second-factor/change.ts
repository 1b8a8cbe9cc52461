import 'server-only'
import { hasSecondFactor } from '@/lib/access/second-factor'
import type { SignedIn } from '@/lib/access/session'
import { announceInTeams } from '@/lib/account/announce'
import { dropChallenges } from '@/lib/account/auth-challenge'
import { renewRecoveryCodes } from '@/lib/account/recovery-codes'
import { endSessions } from '@/lib/account/sign-in'
import type { AuditAct } from '@/lib/audit/acts'
import { auditPerson } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'

type Act = { act: AuditAct; detail?: Record<string, string> }

/**
 * Adds a factor and returns the recovery codes that come with it; null when the person has some left. The first one ends
 * the person's other sessions: whoever has opened one by a stolen password is out.
 */
export async function addFactor(
  { person, sessionId }: SignedIn,
  act: Act,
  add: (tx: Tx) => Promise<void>,
): Promise<string[] | null> {
  return inTurn(person.id, async (tx) => {
    const isFirst = !(await hasSecondFactor(person.id, tx))
    await add(tx)
    await dropChallenges(tx, person.id)
    if (isFirst) await endSessions(tx, { userId: person.id, id: { not: sessionId } })
    await tx.user.update({ where: { id: person.id }, data: { secondFactorResetAt: null } })
    await noteChange(tx, { userId: person.id, actorId: person.id, ...act })
    const left = await tx.recoveryCode.count({ where: { userId: person.id, usedAt: null } })
    return isFirst || left === 0 ? renewRecoveryCodes(tx, person.id) : null
  })
}

/** Takes a factor away; without any other the recovery codes go too. */
export async function removeFactor(
  { person }: SignedIn,
  act: Act,
  remove: (tx: Tx) => Promise<void>,
): Promise<void> {
  await inTurn(person.id, async (tx) => {
    await remove(tx)
    await dropChallenges(tx, person.id)
    if (!(await hasSecondFactor(person.id, tx)))
      await tx.recoveryCode.deleteMany({ where: { userId: person.id } })
    await noteChange(tx, { userId: person.id, actorId: person.id, ...act })
  })
}

/** One change of a person's factors at a time: which is the first and which the last must be certain. */
export async function inTurn<T>(userId: string, change: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR UPDATE`
    return change(tx)
  })
}

type Change = Act & { userId: string; actorId: string | null }

/** Writes a change down in every team of the person and tells their pages: a team may demand a second factor. */
export async function noteChange(tx: Tx, { userId, ...entry }: Change): Promise<void> {
  await auditPerson(tx, userId, entry)
  await announceInTeams(tx, userId, { kind: 'member', id: userId })
}
