import 'server-only'
import type { Admissible } from '@/lib/account/admissible'
import { findDevice } from '@/lib/account/device'
import { deviceOf } from '@/lib/account/user-agent'
import { isMailOn, queueMail } from '@/lib/mail/server'
import type { Tx } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'

const NEW_ACCOUNT_MS = DAY_MS

/** Mails the person when they sign in with a browser that they never used; not for the first sign-in of a new account. */
export async function tellOfNewDevice(tx: Tx, person: Admissible, headers: Headers): Promise<void> {
  const { id: userId, email: address, locale } = person
  if (!isMailOn() || findDevice(headers, address)) return
  const before = await tx.session.findFirst({ where: { userId }, select: { id: true } })
  const { name, createdAt } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, createdAt: true },
  })
  if (!before && Date.now() - createdAt.getTime() < NEW_ACCOUNT_MS) return
  const device = deviceOf(headers.get('user-agent') ?? '')
  await queueMail(tx, {
    ...{ to: { name, address, userId }, locale, kind: 'new_device' },
    values: { email: address, device, at: new Date().toISOString(), path: await sessionsPath(tx, userId) },
  })
}

/** Where the person sees where they are signed in: in the settings of any team of theirs. */
async function sessionsPath(tx: Tx, userId: string): Promise<string> {
  const membership = await tx.membership.findFirst({
    where: { userId, disabledAt: null, team: { deletedAt: null } },
    orderBy: { createdAt: 'asc' },
    select: { team: { select: { slug: true } } },
  })
  return membership ? `/t/${membership.team.slug}/settings/profile` : '/'
}
