import { cancelGeneration } from '@/lib/generations/server'
import { idIn, route } from '@/lib/access/http'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => cancelGeneration(actor, idIn(params)))
