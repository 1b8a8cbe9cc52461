import { idIn, personRoute } from '@/lib/access/http'
import { removePasskey } from '@/lib/second-factor/passkeys'
import { confirmedInput } from '@/lib/second-factor/schema'

export const POST = personRoute({ input: confirmedInput }, ({ session, params, input, request }) =>
  removePasskey(session, idIn(params), input, request.headers),
)
