import { idIn, route } from '@/lib/access/http'
import { getGeneration } from '@/lib/generations/server'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getGeneration(actor, idIn(params)))
