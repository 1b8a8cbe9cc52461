import { idIn, route } from '@/lib/access/http'
import { cancelSet } from '@/lib/campaign-sets/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => cancelSet(actor, idIn(params)))
