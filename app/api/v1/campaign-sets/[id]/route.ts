import { idIn, route } from '@/lib/access/http'
import { getCampaignSet } from '@/lib/campaign-sets/server'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getCampaignSet(actor, idIn(params)))
