import { z } from 'zod'
import { SCOPES, type Scope } from '@/lib/access/roles'

export const createApiKeyInput = z.object({
  name: z.string().trim().min(1).max(60),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .default(['read', 'generate'])
    .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
  /** Days from now; without it the key does not expire by itself. */
  expiresInDays: z.number().int().min(1).max(3650).optional(),
})
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>

export type ApiKey = {
  id: string
  name: string
  /** The first characters, by which people tell keys apart. */
  prefix: string
  scopes: Scope[]
  creator: { id: string; name: string }
  createdAt: string
  lastUsedAt: string | null
  expiresAt: string | null
  isExpired: boolean
  /** Its creator is no longer an active member: it is refused. */
  isAsleep: boolean
}
export type ApiKeyList = { items: ApiKey[]; nextCursor: null }
/** `secret` is shown this once. */
export type NewApiKey = ApiKey & { secret: string }
