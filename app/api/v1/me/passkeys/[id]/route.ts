import { idIn, personRoute } from '@/lib/access/http'
import { renamePasskey } from '@/lib/second-factor/passkeys'
import { renamePasskeyInput } from '@/lib/second-factor/schema'

export const PATCH = personRoute({ input: renamePasskeyInput }, ({ session, params, input, request }) =>
  renamePasskey(session, idIn(params), input, request.headers),
)
