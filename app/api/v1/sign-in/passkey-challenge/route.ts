import { publicRoute } from '@/lib/access/http'
import { refuseForeignChange } from '@/lib/access/server'
import { askForPasskey } from '@/lib/account/passkey'

export const POST = publicRoute({}, ({ request }) => {
  refuseForeignChange(request)
  return askForPasskey(request.headers)
})
