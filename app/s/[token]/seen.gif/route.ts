import { publicRoute } from '@/lib/access/http'
import { serveSeen } from '@/lib/share-links/serve'

export const GET = publicRoute({}, ({ request, params: { token = '' } }) => serveSeen(request, token))

/** Without this, Next would answer HEAD by GET and count it. */
export const HEAD = publicRoute({}, async () => new Response(null))
