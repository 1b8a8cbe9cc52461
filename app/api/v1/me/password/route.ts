import { personRoute } from '@/lib/http'
import { changePasswordInput } from '@/lib/people/schema'
import { changePassword } from '@/lib/people/server'

export const POST = personRoute({ input: changePasswordInput }, ({ session, input }) =>
  changePassword(session, input),
)
