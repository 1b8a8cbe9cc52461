import { idIn, route } from '@/lib/access/http'
import { getReference, removeReference } from '@/lib/references/server'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getReference(actor, idIn(params)))

export const DELETE = route({ scope: 'generate' }, ({ actor, params }) =>
  removeReference(actor, idIn(params)),
)
