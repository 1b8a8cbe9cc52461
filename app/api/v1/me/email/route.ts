import { personRoute } from '@/lib/access/http'
import { changeEmail } from '@/lib/people/email'
import { changeEmailInput } from '@/lib/people/schema'

export const POST = personRoute({ input: changeEmailInput }, ({ session, input }) =>
  changeEmail(session, input),
)
