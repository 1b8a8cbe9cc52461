import { created, route } from '@/lib/access/http'
import { createApiKeyInput } from '@/lib/api-keys/schema'
import { createApiKey, listApiKeys } from '@/lib/api-keys/server'

export const GET = route({ scope: 'generate' }, ({ actor }) => listApiKeys(actor))

export const POST = route({ scope: 'generate', input: createApiKeyInput }, async ({ actor, input }) => {
  const key = await createApiKey(actor, input)
  return created(`/api/v1/api-keys/${key.id}`, key)
})
