import { idIn, route } from '@/lib/access/http'
import { publishSet } from '@/lib/campaign-sets/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => publishSet(actor, idIn(params)))
