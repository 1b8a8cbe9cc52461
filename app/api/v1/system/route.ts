import { route } from '@/lib/access/http'
import { getSystem } from '@/lib/system/server'

export const GET = route({ scope: 'manage' }, ({ actor }) => getSystem(actor))
