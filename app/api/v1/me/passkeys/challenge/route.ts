import { personRoute } from '@/lib/access/http'
import { beginPasskey } from '@/lib/second-factor/passkeys'
import { beginInput } from '@/lib/second-factor/schema'

export const POST = personRoute({ input: beginInput }, ({ session, input, request }) =>
  beginPasskey(session, input, request.headers),
)
