import { idIn, route } from '@/lib/access/http'
import { revokeShareLink } from '@/lib/share-links/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => revokeShareLink(actor, idIn(params)))
