import { idIn, route } from '@/lib/access/http'
import { setDismissed } from '@/lib/generations/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) =>
  setDismissed(actor, idIn(params), true),
)

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) =>
  setDismissed(actor, idIn(params), false),
)
