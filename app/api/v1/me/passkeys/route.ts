import { created, personRoute } from '@/lib/access/http'
import { addPasskey } from '@/lib/second-factor/passkeys'
import { addPasskeyInput } from '@/lib/second-factor/schema'

export const POST = personRoute({ input: addPasskeyInput }, async ({ session, input, request }) =>
  created('/api/v1/me/second-factor', await addPasskey(session, input, request.headers)),
)
