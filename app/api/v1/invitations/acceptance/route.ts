import { clientNetwork } from '@/lib/access/address'
import { publicRoute } from '@/lib/access/http'
import { refuseForeignChange } from '@/lib/access/server'
import { findSession } from '@/lib/access/session'
import { acceptInvitationInput } from '@/lib/invitations/schema'
import { acceptInvitation } from '@/lib/invitations/server'

export const POST = publicRoute({ input: acceptInvitationInput }, async ({ request, input }) => {
  refuseForeignChange(request)
  const session = await findSession(request.headers)
  const signedInUserId = session?.person.id ?? null
  return acceptInvitation(input, { signedInUserId, network: clientNetwork(request.headers) })
})
