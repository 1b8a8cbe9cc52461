import { idIn, route } from '@/lib/access/http'
import { updateStyleInput } from '@/lib/styles/schema'
import { getStyle, updateStyle } from '@/lib/styles/server'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getStyle(actor, idIn(params)))

export const PATCH = route({ scope: 'manage', input: updateStyleInput }, ({ actor, params, input }) =>
  updateStyle(actor, idIn(params), input),
)
