import { idIn, route } from '@/lib/access/http'
import { moveToFront } from '@/lib/generations/queue/server'

export const POST = route({ scope: 'manage' }, ({ actor, params }) => moveToFront(actor, idIn(params)))
