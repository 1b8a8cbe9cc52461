import { personRoute } from '@/lib/access/http'
import { linkSeenAccount, listLinkedAccounts } from '@/lib/single-sign-on/linked-accounts'

export const GET = personRoute({}, ({ session }) => listLinkedAccounts(session))
export const POST = personRoute({}, ({ session, request }) => linkSeenAccount(session, request.headers))
