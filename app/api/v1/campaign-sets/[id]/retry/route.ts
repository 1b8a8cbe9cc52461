import { idIn, route } from '@/lib/access/http'
import { retrySet } from '@/lib/campaign-sets/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => retrySet(actor, idIn(params)))
