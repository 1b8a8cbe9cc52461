import { publicRoute } from '@/lib/http'
import { servePreview } from '@/lib/share-links/serve'

export const GET = publicRoute({}, ({ request, params: { token = '' } }) => servePreview(request, token))
