import { idIn, route } from '@/lib/access/http'
import { resetMember } from '@/lib/second-factor/reset'

export const POST = route({ scope: 'manage' }, ({ actor, params }) => resetMember(actor, idIn(params)))
