import { route } from '@/lib/access/http'
import { removeKeyQuery, saveKeyInput } from '@/lib/connection/schema'
import { removeKey, saveKey } from '@/lib/connection/server'

export const PUT = route({ scope: 'manage', input: saveKeyInput }, ({ actor, input }) =>
  saveKey(actor, input),
)
export const DELETE = route({ scope: 'manage', query: removeKeyQuery }, ({ actor, query }) =>
  removeKey(actor, query.scope),
)
