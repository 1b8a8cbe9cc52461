import { idIn, route } from '@/lib/access/http'
import { createPasswordLink } from '@/lib/members/password-link'

export const POST = route({ scope: 'manage' }, ({ actor, params }) => createPasswordLink(actor, idIn(params)))
