import { removeApiKey } from '@/lib/api-keys/server'
import { idIn, route } from '@/lib/access/http'

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) => removeApiKey(actor, idIn(params)))
