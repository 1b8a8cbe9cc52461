import 'server-only'
import type { PasskeyPlace } from '@/lib/account/passkey-place'
import type { Passkey } from '@/lib/second-factor/schema'

export const selectPasskey = { id: true, name: true, createdAt: true, lastUsedAt: true, rpId: true } as const

type Row = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; rpId: string }

export function toPasskey(
  { id, name, createdAt, lastUsedAt, rpId }: Row,
  here: PasskeyPlace | null,
): Passkey {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    otherHost: rpId === here?.rpId ? null : rpId,
  }
}
