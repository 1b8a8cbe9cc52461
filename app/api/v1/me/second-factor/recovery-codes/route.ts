import { personRoute } from '@/lib/access/http'
import { confirmedInput } from '@/lib/second-factor/schema'
import { replaceRecoveryCodes } from '@/lib/second-factor/server'

export const POST = personRoute({ input: confirmedInput }, ({ session, input, request }) =>
  replaceRecoveryCodes(session, input, request.headers),
)
