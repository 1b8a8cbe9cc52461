import { DAY_MS } from '@/lib/platform/durations'
import type { ShareLinkState } from '@/lib/share-links/schema'

/** What a link is at a moment; revoked wins, for that is what somebody decided. */
export function stateOf(
  link: { revokedAt: Date | null; expiresAt: Date | null },
  now = new Date(),
): ShareLinkState {
  if (link.revokedAt) return 'revoked'
  return link.expiresAt && link.expiresAt <= now ? 'expired' : 'open'
}

/** When a link made (or extended) now ends; null never. */
export function endOf(days: number | null, now = new Date()): Date | null {
  return days === null ? null : new Date(now.getTime() + days * DAY_MS)
}
