import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { clientNetwork } from '@/lib/access/address'
import { can } from '@/lib/access/permissions'
import { hasSecureCookies, readCookie } from '@/lib/access/session'
import { findStanding } from '@/lib/access/standing'
import { isPassword } from '@/lib/account/password'
import { beginLinkAttempt } from '@/lib/account/throttle'
import { db } from '@/lib/platform/db'
import { keyFor, tokenHash } from '@/lib/platform/secret'
import type { ShareTarget } from '@/lib/share-links/schema'
import { stateOf } from '@/lib/share-links/state'

const UNLOCKED_S = 12 * 3_600

/** A link that stands now, as its visitors may know it. */
export type OpenLink = {
  id: string
  teamId: string
  teamName: string
  makerId: string
  /** Whether its maker may still link what others made. */
  isForAll: boolean
  target: ShareTarget
  targetId: string
  imageIds: string[]
  title: string
  passwordHash: string | null
  showPrompt: boolean
  allowDownload: boolean
  expiresAt: Date | null
}

/**
 * Asked anew on every request, so that a link ends with the request after its end, or after its maker (or the key that
 * made it) may not link any more. Wrong, expired and revoked are all null.
 */
export async function findOpenLink(token: string): Promise<OpenLink | null> {
  const row = await db().shareLink.findUnique({
    where: { tokenHash: tokenHash(token) },
    select: {
      id: true,
      teamId: true,
      makerId: true,
      apiKeyId: true,
      target: true,
      targetId: true,
      imageIds: true,
      title: true,
      passwordHash: true,
      showPrompt: true,
      allowDownload: true,
      expiresAt: true,
      revokedAt: true,
      team: { select: { name: true, deletedAt: true } },
    },
  })
  if (!row || row.team.deletedAt || stateOf(row) !== 'open') return null
  const { revokedAt: _revokedAt, apiKeyId, team, ...link } = row
  const standing = await findStanding(link.teamId, { userId: link.makerId, apiKeyId })
  if (!standing || !can(standing, 'link_own')) return null
  return { ...link, isForAll: can(standing, 'link_all'), teamName: team.name }
}

/** The link when this visitor may see its images: it stands, and its password (if any) was given in this browser. */
export async function findVisibleLink(token: string, headers: Headers): Promise<OpenLink | null> {
  const link = await findOpenLink(token)
  return link && isUnlocked(link, headers) ? link : null
}

export function isUnlocked(link: OpenLink, headers: Headers): boolean {
  if (link.passwordHash === null) return true
  const given = Buffer.from(readCookie(headers, cookieName(link)) ?? '')
  const expected = Buffer.from(proofOf(link))
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export type Unlocking =
  { state: 'unlocked'; cookie: string } | { state: 'wrong' } | { state: 'wait'; seconds: number }

/** Tries a password. Each address may guess slowly, and all of them together not quickly. */
export async function unlock(
  link: OpenLink,
  { token, password, headers }: { token: string; password: string; headers: Headers },
): Promise<Unlocking> {
  const attempt = await beginLinkAttempt({ link: link.id, network: clientNetwork(headers) })
  if (attempt.state === 'wait') return attempt
  if (!(await isPassword(password, link.passwordHash))) return { state: 'wrong' }
  await attempt.succeeded()
  return { state: 'unlocked', cookie: cookieFor(link, { token, headers }) }
}

function cookieFor(link: OpenLink, { token, headers }: { token: string; headers: Headers }): string {
  const secure = hasSecureCookies(headers) ? '; Secure' : ''
  const scope = `Path=/s/${token}; Max-Age=${UNLOCKED_S}; HttpOnly; SameSite=Lax${secure}`
  return `${cookieName(link)}=${proofOf(link)}; ${scope}`
}

const cookieName = (link: OpenLink) => `studio-share-${link.id}`

/** Bound to the link and its present password: a new password locks every browser out again. */
const proofOf = (link: OpenLink) =>
  createHmac('sha256', keyFor('share-unlocked'))
    .update(`${link.id}\n${link.passwordHash}`)
    .digest('base64url')
