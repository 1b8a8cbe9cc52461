import { getGeneration } from '@/lib/generations/server'
import { idIn, route } from '@/lib/access/http'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getGeneration(actor, idIn(params)))
