import { route } from '@/lib/access/http'
import { checkKey } from '@/lib/system/server'

export const POST = route({ scope: 'manage' }, ({ actor }) => checkKey(actor))
