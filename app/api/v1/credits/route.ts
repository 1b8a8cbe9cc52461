import { getCredits } from '@/lib/credits/server'
import { route } from '@/lib/access/http'

export const GET = route({ scope: 'read' }, ({ actor }) => getCredits(actor))
