import { idIn, route } from '@/lib/access/http'
import { removeApiKey } from '@/lib/api-keys/server'

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) => removeApiKey(actor, idIn(params)))
