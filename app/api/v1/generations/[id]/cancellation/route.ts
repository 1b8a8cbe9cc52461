import { idIn, route } from '@/lib/access/http'
import { cancelGeneration } from '@/lib/generations/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => cancelGeneration(actor, idIn(params)))
