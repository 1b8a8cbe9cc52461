import { clientNetwork } from '@/lib/auth/address'
import { refuseForeignChange } from '@/lib/auth/server'
import { findSession } from '@/lib/auth/session'
import { publicRoute } from '@/lib/http'
import { acceptInvitationInput } from '@/lib/invitations/schema'
import { acceptInvitation } from '@/lib/invitations/server'

export const POST = publicRoute({ input: acceptInvitationInput }, async ({ request, input }) => {
  refuseForeignChange(request)
  const session = await findSession(request.headers)
  const signedInUserId = session?.person.id ?? null
  return acceptInvitation(input, { signedInUserId, network: clientNetwork(request.headers) })
})
