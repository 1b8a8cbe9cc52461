import 'server-only'
import type { ShownKey } from '@/lib/connection/schema'
import type { StoredKey } from '@/lib/upstream/keys'

export function toShownKey(key: StoredKey | undefined): ShownKey | null {
  return key ? { ...key, addedAt: key.addedAt.toISOString() } : null
}
