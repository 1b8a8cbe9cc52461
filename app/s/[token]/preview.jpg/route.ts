import { publicRoute } from '@/lib/access/http'
import { servePreview } from '@/lib/share-links/serve'

export const GET = publicRoute({}, ({ request, params: { token = '' } }) => servePreview(request, token))
