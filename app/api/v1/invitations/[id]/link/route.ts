import { idIn, route } from '@/lib/access/http'
import { getInvitationLink } from '@/lib/invitations/server'

export const GET = route({ scope: 'manage' }, ({ actor, params }) => getInvitationLink(actor, idIn(params)))
