import { personRoute } from '@/lib/access/http'
import { beginInput } from '@/lib/second-factor/schema'
import { beginTotp } from '@/lib/second-factor/server'

export const POST = personRoute({ input: beginInput }, ({ session, input, request }) =>
  beginTotp(session, input, request.headers),
)
