import { route } from '@/lib/access/http'
import { listMembers } from '@/lib/members/server'

export const GET = route({ scope: 'read' }, ({ actor }) => listMembers(actor))
