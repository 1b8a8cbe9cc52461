import { personRoute } from '@/lib/access/http'
import { getSecondFactor } from '@/lib/second-factor/server'

export const GET = personRoute({}, ({ session, request }) => getSecondFactor(session, request.headers))
