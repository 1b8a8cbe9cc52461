import { route } from '@/lib/access/http'
import { countImages } from '@/lib/images/counts'
import { imageFilters } from '@/lib/images/schema'

export const GET = route({ scope: 'read', query: imageFilters }, ({ actor, query }) =>
  countImages(actor, query),
)
