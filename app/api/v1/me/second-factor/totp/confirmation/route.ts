import { personRoute } from '@/lib/access/http'
import { confirmTotpInput } from '@/lib/second-factor/schema'
import { confirmTotp } from '@/lib/second-factor/server'

export const POST = personRoute({ input: confirmTotpInput }, ({ session, input }) =>
  confirmTotp(session, input),
)
