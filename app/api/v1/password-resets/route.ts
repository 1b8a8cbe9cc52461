import { clientNetwork } from '@/lib/access/address'
import { publicRoute } from '@/lib/access/http'
import { refuseForeignChange } from '@/lib/access/server'
import { passwordResetInput } from '@/lib/account/schema'
import { resetPasswordByLink } from '@/lib/people/server'

export const POST = publicRoute({ input: passwordResetInput }, ({ request, input }) => {
  refuseForeignChange(request)
  return resetPasswordByLink(input, clientNetwork(request.headers))
})
