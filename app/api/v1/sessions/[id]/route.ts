import { idIn, personRoute } from '@/lib/access/http'
import { removeSession } from '@/lib/people/server'

export const DELETE = personRoute({}, ({ session, params }) => removeSession(session, idIn(params)))
