import { idIn, publicRoute, route } from '@/lib/access/http'
import { styleThumbnailInput } from '@/lib/styles/schema'
import { removeStyleThumbnail, serveStyleThumbnail, setStyleThumbnail } from '@/lib/styles/thumbnail'

/** Guarded inside: an `<img>` cannot name the team, the style does. */
export const GET = publicRoute({}, ({ request, params }) => serveStyleThumbnail(request, idIn(params)))

export const POST = route({ scope: 'manage', input: styleThumbnailInput }, ({ actor, params, input }) =>
  setStyleThumbnail(actor, idIn(params), input.imageId),
)

export const DELETE = route({ scope: 'manage' }, ({ actor, params }) =>
  removeStyleThumbnail(actor, idIn(params)),
)
