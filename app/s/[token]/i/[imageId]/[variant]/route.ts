import { publicRoute } from '@/lib/access/http'
import { serveImage } from '@/lib/share-links/serve'

export const GET = publicRoute({}, ({ request, params: { token = '', imageId = '', variant = '' } }) =>
  serveImage(request, { token, imageId, variant }),
)
