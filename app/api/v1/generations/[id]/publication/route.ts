import { idIn, route } from '@/lib/access/http'
import { publishGeneration } from '@/lib/generations/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) =>
  publishGeneration(actor, idIn(params)),
)
