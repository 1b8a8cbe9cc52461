import { route } from '@/lib/access/http'
import { chooseInput } from '@/lib/connection/schema'
import { chooseConnection, getConnection } from '@/lib/connection/server'

export const GET = route({ scope: 'read' }, ({ actor }) => getConnection(actor))
export const PATCH = route({ scope: 'manage', input: chooseInput }, ({ actor, input }) =>
  chooseConnection(actor, input),
)
