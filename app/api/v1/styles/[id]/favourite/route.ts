import { idIn, route } from '@/lib/access/http'
import { addStyleFavourite, removeStyleFavourite } from '@/lib/styles/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) =>
  addStyleFavourite(actor, idIn(params)),
)

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) =>
  removeStyleFavourite(actor, idIn(params)),
)
