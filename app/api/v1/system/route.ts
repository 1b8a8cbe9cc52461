import { route } from '@/lib/http'
import { getSystem } from '@/lib/system/server'

export const GET = route({ scope: 'manage' }, ({ actor }) => getSystem(actor))
