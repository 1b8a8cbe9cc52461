import { idIn, route } from '@/lib/http'
import { revokeShareLink } from '@/lib/share-links/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => revokeShareLink(actor, idIn(params)))
