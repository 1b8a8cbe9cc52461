import { teamRoute } from '@/lib/access/http'
import { setDemand } from '@/lib/second-factor/demand'

export const POST = teamRoute({ scope: 'manage' }, ({ actor }) => setDemand(actor, true))
export const DELETE = teamRoute({ scope: 'manage' }, ({ actor }) => setDemand(actor, false))
