import { idIn, publicRoute } from '@/lib/access/http'
import { serveReference } from '@/lib/references/bytes'
import { referenceBytesQuery } from '@/lib/references/schema'

/** Guarded inside: an `<img>` cannot name the team, the reference does. */
export const GET = publicRoute({ query: referenceBytesQuery }, ({ request, params, query }) =>
  serveReference(request, idIn(params), query.size),
)
