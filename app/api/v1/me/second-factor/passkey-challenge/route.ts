import { personRoute } from '@/lib/access/http'
import { askForOwnPasskey } from '@/lib/account/passkey'

export const POST = personRoute({}, ({ session, request }) =>
  askForOwnPasskey(session.person.id, request.headers),
)
