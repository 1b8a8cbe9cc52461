import { idIn, route } from '@/lib/access/http'
import { updateShareLinkInput } from '@/lib/share-links/schema'
import { getShareLink, updateShareLink } from '@/lib/share-links/server'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getShareLink(actor, idIn(params)))

export const PATCH = route({ scope: 'generate', input: updateShareLinkInput }, ({ actor, params, input }) =>
  updateShareLink(actor, idIn(params), input),
)
