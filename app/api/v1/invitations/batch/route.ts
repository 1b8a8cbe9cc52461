import { route } from '@/lib/access/http'
import { inviteByEmail } from '@/lib/invitations/by-email'
import { inviteByEmailInput } from '@/lib/invitations/schema'

export const POST = route({ scope: 'manage', input: inviteByEmailInput }, ({ actor, input }) =>
  inviteByEmail(actor, input),
)
