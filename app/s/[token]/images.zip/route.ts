import { publicRoute } from '@/lib/access/http'
import { serveArchive } from '@/lib/share-links/archive'

export const GET = publicRoute({}, ({ request, params: { token = '' } }) => serveArchive(request, token))
