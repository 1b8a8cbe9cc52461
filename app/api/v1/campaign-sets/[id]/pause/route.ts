import { idIn, route } from '@/lib/access/http'
import { continueSet, pauseSet } from '@/lib/campaign-sets/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => pauseSet(actor, idIn(params)))

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) => continueSet(actor, idIn(params)))
