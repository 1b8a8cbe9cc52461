import 'server-only'
import { safeNext } from '@/lib/access/next-path'
import type { Identity } from '@/lib/account/identity'
import type { Admission, Admit } from '@/lib/account/single-sign-on'
import { audit } from '@/lib/audit/server'
import { createPerson, findInvitation, joinByInvitation } from '@/lib/invitations/server'
import { db, type Tx } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import { publish } from '@/lib/platform/events'
import { domainOf } from '@/lib/single-sign-on/domains'
import { linkAccount } from '@/lib/single-sign-on/linked-accounts'

const selectPerson = { id: true, disabledAt: true } as const

/**
 * What becomes of somebody whom a provider saw. An account is found by (provider, subject) and nothing else; an e-mail
 * address, however verified, only tells whose password is asked for to link the two.
 */
export const admit: Admit = async (identity, { linksTo, next }) => {
  if (linksTo) return linkTo(linksTo.person.id, identity, next)
  const known = await findLinked(identity)
  if (known) return known.disabledAt ? unknown : enter(identity, known.id, next)
  const owner = await findOwnerOf(identity)
  if (owner) return owner.disabledAt ? unknown : { ...askForPassword, path: linkPath(next) }
  const token = /^\/invite\/([\w-]{20,100})$/.exec(next)?.[1]
  if (token) return joinInvited(identity, token)
  return joinByDomain(identity, next)
}

const unknown: Admission = { state: 'sent', path: '/sign-in/unknown', isKept: true }
const askForPassword = { state: 'sent', isKept: true } as const

function linkPath(next: string): string {
  return next === '/' ? '/sign-in/link-account' : `/sign-in/link-account?next=${encodeURIComponent(next)}`
}

async function linkTo(userId: string, identity: Identity, next: string): Promise<Admission> {
  const isTheirs = await db().$transaction((tx) => linkAccount(tx, userId, { identity, isUsed: false }))
  const { pathname } = new URL(safeNext(next), 'http://studio.invalid')
  return { state: 'sent', path: `${pathname}?linked=${isTheirs ? 'yes' : 'taken'}`, isKept: false }
}

async function findLinked({ provider, subject: providerAccountId }: Identity) {
  const account = await db().account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { user: { select: selectPerson } },
  })
  return account?.user ?? null
}

/** Whose address it is, if the provider vouches for it. */
async function findOwnerOf({ email, isEmailVerified }: Identity) {
  if (!email || !isEmailVerified) return null
  return db().user.findUnique({ where: { email }, select: selectPerson })
}

async function enter({ provider, subject }: Identity, userId: string, path: string): Promise<Admission> {
  await db().account.updateMany({
    where: { provider, providerAccountId: subject },
    data: { lastUsedAt: new Date() },
  })
  return { state: 'admitted', userId, path }
}

/** The holder of an invitation who chose this way on its page: a new account that joins at once. */
async function joinInvited(identity: Identity, token: string): Promise<Admission> {
  const page = `/invite/${token}`
  if (!(await findInvitation(token))) return { state: 'sent', path: page, isKept: false }
  if (!identity.email) return { state: 'sent', path: `${page}?problem=no_email`, isKept: false }
  const { email } = identity
  return attempt({ state: 'sent', path: `${page}?problem=taken`, isKept: false }, async (tx) => {
    const userId = await createFrom(tx, identity, email)
    const { team } = await joinByInvitation(tx, token, userId)
    await linkAccount(tx, userId, { identity, isUsed: true })
    return { state: 'admitted', userId, path: `/t/${team.slug}/create` }
  })
}

/** Somebody new with a verified address at a domain that a team lets in. Nobody who was a member once: they have an account. */
async function joinByDomain(identity: Identity, next: string): Promise<Admission> {
  const { email, isEmailVerified } = identity
  if (!email || !isEmailVerified) return unknown
  const domain = domainOf(email)
  return attempt(unknown, async (tx) => {
    const teams = await tx.team.findMany({
      where: { deletedAt: null, joinDomains: { has: domain } },
      select: { id: true, joinRole: true },
      orderBy: { createdAt: 'asc' },
    })
    if (!teams[0]) return unknown
    const userId = await createFrom(tx, identity, email)
    for (const { id: teamId, joinRole: role } of teams) {
      await tx.membership.create({ data: { teamId, userId, role } })
      const detail = { role, domain }
      await audit(tx, { teamId, actorId: userId, act: 'member.joined', subject: userId, detail })
      await publish(tx, { team: teamId, kind: 'member', id: userId })
    }
    await tx.user.update({ where: { id: userId }, data: { lastTeamId: teams[0].id } })
    await linkAccount(tx, userId, { identity, isUsed: true })
    return { state: 'admitted', userId, path: next }
  })
}

/** In one transaction; `otherwise` when somebody was faster, or the address is taken. */
async function attempt(otherwise: Admission, join: (tx: Tx) => Promise<Admission>): Promise<Admission> {
  try {
    return await db().$transaction(join)
  } catch (error) {
    if (isAppError(error)) return otherwise
    throw error
  }
}

async function createFrom(tx: Tx, { name }: Identity, email: string): Promise<string> {
  const called = (name ?? email.slice(0, email.lastIndexOf('@'))).slice(0, 80).replace(/\p{Surrogate}/gu, '')
  return createPerson(tx, { name: called, email, passwordHash: null })
}
