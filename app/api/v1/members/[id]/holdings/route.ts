import { idIn, route } from '@/lib/access/http'
import { getHoldings } from '@/lib/members/leaving'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getHoldings(actor, idIn(params)))
