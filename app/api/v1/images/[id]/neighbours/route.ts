import { idIn, route } from '@/lib/access/http'
import { imageFilters } from '@/lib/images/schema'
import { listNeighbours } from '@/lib/images/server'

export const GET = route({ scope: 'read', query: imageFilters }, ({ actor, params, query }) =>
  listNeighbours(actor, idIn(params), query),
)
