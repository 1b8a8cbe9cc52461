import { route } from '@/lib/http'
import { checkKey } from '@/lib/system/server'

export const POST = route({ scope: 'manage' }, ({ actor }) => checkKey(actor))
