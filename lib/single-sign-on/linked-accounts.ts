import 'server-only'
import type { SignedIn } from '@/lib/access/session'
import type { Identity } from '@/lib/account/identity'
import { isConfigured } from '@/lib/account/providers'
import { identityCookie } from '@/lib/account/sign-in-intent'
import { mustUseSingleSignOn } from '@/lib/account/sign-in-policy'
import { audit } from '@/lib/audit/server'
import { db, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { presentRows } from '@/lib/platform/present-rows'
import { selectLinkedAccount, toLinkedAccount } from '@/lib/single-sign-on/present'
import type { LinkedAccountList } from '@/lib/single-sign-on/schema'

/** The person's accounts elsewhere that sign them in here. */
export async function listLinkedAccounts({ person }: SignedIn): Promise<LinkedAccountList> {
  const rows = await db().account.findMany({
    where: { userId: person.id },
    select: selectLinkedAccount,
    orderBy: { createdAt: 'asc' },
    take: 50,
  })
  const hasPassword = await canSignInByPassword(person.id)
  const items = presentRows(rows, (row) => {
    const others = rows.filter((other) => other.id !== row.id && isConfigured(other.provider))
    return toLinkedAccount(row, { canUnlink: hasPassword || others.length > 0 })
  })
  return { items, nextCursor: null }
}

/** Whether the person has a password at all, whatever their teams say of it. */
export async function hasPassword({ person }: SignedIn): Promise<boolean> {
  return (await passwordHashOf(db(), person.id)) !== null
}

async function canSignInByPassword(userId: string, tx: Tx = db()): Promise<boolean> {
  return (await passwordHashOf(tx, userId)) !== null && !(await mustUseSingleSignOn(userId, tx))
}

async function passwordHashOf(tx: Tx, id: string): Promise<string | null> {
  const { passwordHash } = await tx.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } })
  return passwordHash
}

/** Lets the identity sign the person in from now on. False when it signs in somebody else. */
export async function linkAccount(
  tx: Tx,
  userId: string,
  { identity, isUsed }: { identity: Identity; isUsed: boolean },
): Promise<boolean> {
  const { provider, subject: providerAccountId, email } = identity
  const lastUsedAt = isUsed ? new Date() : null
  const { count } = await tx.account.createMany({
    data: { userId, provider, providerAccountId, email, lastUsedAt },
    skipDuplicates: true,
  })
  if (count > 0) {
    await noteEverywhere(tx, userId, { act: 'account.linked', provider })
    return true
  }
  const where = { provider_providerAccountId: { provider, providerAccountId } }
  return (await tx.account.findUniqueOrThrow({ where, select: { userId: true } })).userId === userId
}

/**
 * Links the identity that this browser came back with to the person who has just signed in by password. Only when the
 * provider vouches for their very address: `not_found` otherwise. `already_exists` when it is somebody else's by now.
 */
export async function linkSeenAccount({ person }: SignedIn, headers: Headers): Promise<void> {
  const identity = identityCookie.read(headers)
  if (!identity?.isEmailVerified || identity.email !== person.email) throw new AppError('not_found')
  const isTheirs = await db().$transaction((tx) => linkAccount(tx, person.id, { identity, isUsed: true }))
  if (!isTheirs) throw new AppError('already_exists')
}

/** Takes a way in away. `conflict` when it is the last one; of two at once that would leave none, one is refused. Throws `not_found`. */
export async function unlinkAccount({ person }: SignedIn, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${person.id}::uuid FOR UPDATE`
    const accounts = await tx.account.findMany({ where: { userId: person.id }, select: selectLinkedAccount })
    const account = accounts.find((one) => one.id === id)
    if (!account) throw new AppError('not_found')
    const others = accounts.filter((one) => one.id !== id && isConfigured(one.provider))
    if (others.length === 0 && !(await canSignInByPassword(person.id, tx))) throw new AppError('conflict')
    await tx.account.deleteMany({ where: { id, userId: person.id } })
    await noteEverywhere(tx, person.id, { act: 'account.unlinked', provider: account.provider })
  })
}

/** A way in leads into each of the person's teams, so each has it in its log. */
async function noteEverywhere(
  tx: Tx,
  userId: string,
  { act, provider }: { act: 'account.linked' | 'account.unlinked'; provider: string },
): Promise<void> {
  const teams = await tx.membership.findMany({ where: { userId }, select: { teamId: true } })
  for (const { teamId } of teams)
    await audit(tx, { teamId, actorId: userId, act, subject: userId, detail: { provider } })
}
