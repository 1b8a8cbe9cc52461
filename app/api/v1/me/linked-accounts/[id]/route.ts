import { idIn, personRoute } from '@/lib/access/http'
import { unlinkAccount } from '@/lib/single-sign-on/linked-accounts'

export const DELETE = personRoute({}, ({ session, params }) => unlinkAccount(session, idIn(params)))
