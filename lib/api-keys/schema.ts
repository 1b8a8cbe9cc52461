import { z } from 'zod'
import { SCOPES } from '@/lib/access/roles'

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

export const apiKeyResource = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, by which people tell keys apart. */
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  creator: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  isExpired: z.boolean(),
  /** Its creator is no longer an active member: it is refused. */
  isAsleep: z.boolean(),
})
export type ApiKey = z.infer<typeof apiKeyResource>
export const apiKeyListResource = z.object({ items: z.array(apiKeyResource), nextCursor: z.null() })
export type ApiKeyList = z.infer<typeof apiKeyListResource>
/** `secret` is shown this once. */
export const newApiKeyResource = apiKeyResource.extend({ secret: z.string() })
export type NewApiKey = z.infer<typeof newApiKeyResource>
