import { route } from '@/lib/access/http'
import { listImagesQuery, updateImagesInput } from '@/lib/images/schema'
import { listImages, updateImages } from '@/lib/images/server'

export const GET = route({ scope: 'read', query: listImagesQuery }, ({ actor, query }) =>
  listImages(actor, query),
)

export const PATCH = route({ scope: 'generate', input: updateImagesInput }, ({ actor, input }) =>
  updateImages(actor, input),
)
