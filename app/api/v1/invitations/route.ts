import { created, route } from '@/lib/access/http'
import { createInvitationInput } from '@/lib/invitations/schema'
import { createInvitation, listInvitations } from '@/lib/invitations/server'

export const GET = route({ scope: 'manage' }, ({ actor }) => listInvitations(actor))

export const POST = route({ scope: 'manage', input: createInvitationInput }, async ({ actor, input }) => {
  const invitation = await createInvitation(actor, input)
  return created(`/api/v1/invitations/${invitation.id}`, invitation)
})
