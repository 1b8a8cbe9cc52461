import { route } from '@/lib/access/http'
import { imageIdsInput } from '@/lib/images/schema'
import { restoreImages } from '@/lib/images/trash'

export const POST = route({ scope: 'generate', input: imageIdsInput }, ({ actor, input }) =>
  restoreImages(actor, input.ids),
)
