import { personRoute } from '@/lib/access/http'
import { serveOwnData } from '@/lib/people/own-data'

export const GET = personRoute({}, ({ session }) => serveOwnData(session))
