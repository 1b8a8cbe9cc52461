import { publicRoute } from '@/lib/access/http'
import { servePicture } from '@/lib/share-links/serve'

export const GET = publicRoute({}, ({ request, params: { token = '', imageId = '', variant = '' } }) =>
  servePicture(request, { token, imageId, variant }),
)
