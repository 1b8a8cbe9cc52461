import { personRoute } from '@/lib/access/http'
import { noteResetSeen } from '@/lib/second-factor/server'

export const DELETE = personRoute({}, ({ session }) => noteResetSeen(session))
