import { idIn, route } from '@/lib/access/http'
import { updateImageInput } from '@/lib/images/schema'
import { getImage, updateImage } from '@/lib/images/server'
import { trashImage } from '@/lib/images/trash'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getImage(actor, idIn(params)))

export const PATCH = route({ scope: 'generate', input: updateImageInput }, ({ actor, params, input }) =>
  updateImage(actor, idIn(params), input),
)

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) => trashImage(actor, idIn(params)))
