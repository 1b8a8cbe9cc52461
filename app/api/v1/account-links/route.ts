import { clientNetwork } from '@/lib/access/address'
import { publicRoute } from '@/lib/access/http'
import { refuseForeignChange } from '@/lib/access/server'
import { requestLink } from '@/lib/account/link-requests'
import { accountLinkInput } from '@/lib/account/schema'

export const POST = publicRoute({ input: accountLinkInput }, ({ request, input }) => {
  refuseForeignChange(request)
  return requestLink(input, clientNetwork(request.headers))
})
