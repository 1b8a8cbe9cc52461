import { personRoute } from '@/lib/access/http'
import { changePasswordInput } from '@/lib/people/schema'
import { changePassword } from '@/lib/people/server'

export const POST = personRoute({ input: changePasswordInput }, ({ session, input }) =>
  changePassword(session, input),
)
