import { publicRoute } from '@/lib/access/http'
import { answerAuth } from '@/lib/account/next-auth'
import { admit } from '@/lib/single-sign-on/admission'

const answer = publicRoute({}, ({ request, params }) =>
  answerAuth(request, (params.nextauth ?? '').split('/'), admit),
)

export { answer as GET, answer as POST }
