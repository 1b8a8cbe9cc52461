import { personRoute } from '@/lib/access/http'
import { updateMeInput } from '@/lib/people/schema'
import { getMe, updateMe } from '@/lib/people/server'

export const GET = personRoute({}, ({ session }) => getMe(session))
export const PATCH = personRoute({ input: updateMeInput }, ({ session, input }) => updateMe(session, input))
