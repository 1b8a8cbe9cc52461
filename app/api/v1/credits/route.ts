import { route } from '@/lib/access/http'
import { getCredits } from '@/lib/credits/server'

export const GET = route({ scope: 'read' }, ({ actor }) => getCredits(actor))
