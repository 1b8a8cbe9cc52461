import { personRoute } from '@/lib/access/http'
import { listSessions, removeOtherSessions } from '@/lib/people/server'

export const GET = personRoute({}, ({ session }) => listSessions(session))
export const DELETE = personRoute({}, ({ session }) => removeOtherSessions(session))
