import { clientNetwork } from '@/lib/access/address'
import { publicRoute } from '@/lib/access/http'
import { refuseForeignChange } from '@/lib/access/server'
import { emailConfirmationInput } from '@/lib/account/schema'
import { confirmEmail } from '@/lib/people/email'

export const POST = publicRoute({ input: emailConfirmationInput }, ({ request, input }) => {
  refuseForeignChange(request)
  return confirmEmail(input.token, clientNetwork(request.headers))
})
