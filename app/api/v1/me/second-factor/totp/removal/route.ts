import { personRoute } from '@/lib/access/http'
import { confirmedInput } from '@/lib/second-factor/schema'
import { removeTotp } from '@/lib/second-factor/server'

export const POST = personRoute({ input: confirmedInput }, ({ session, input, request }) =>
  removeTotp(session, input, request.headers),
)
