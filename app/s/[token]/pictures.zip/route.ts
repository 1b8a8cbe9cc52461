import { publicRoute } from '@/lib/http'
import { serveArchive } from '@/lib/share-links/archive'

export const GET = publicRoute({}, ({ request, params: { token = '' } }) => serveArchive(request, token))
