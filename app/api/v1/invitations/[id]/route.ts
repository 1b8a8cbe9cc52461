import { idIn, route } from '@/lib/access/http'
import { removeInvitation } from '@/lib/invitations/server'

export const DELETE = route({ scope: 'manage' }, ({ actor, params }) => removeInvitation(actor, idIn(params)))
