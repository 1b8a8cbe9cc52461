import { personRoute } from '@/lib/access/http'
import { deleteAccount } from '@/lib/people/deletion'
import { deleteAccountInput } from '@/lib/people/schema'

export const POST = personRoute({ input: deleteAccountInput }, ({ session, input }) =>
  deleteAccount(session, input),
)
