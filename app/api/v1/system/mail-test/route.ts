import { route } from '@/lib/access/http'
import { sendTest } from '@/lib/system/server'

export const POST = route({ scope: 'manage' }, ({ actor }) => sendTest(actor))
