import { idIn, route } from '@/lib/access/http'
import { resendInvitation } from '@/lib/invitations/by-email'

export const POST = route({ scope: 'manage' }, ({ actor, params }) => resendInvitation(actor, idIn(params)))
