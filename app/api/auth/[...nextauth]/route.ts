import { publicRoute } from '@/lib/access/http'
import { answerAuth } from '@/lib/account/next-auth'

const answer = publicRoute({}, ({ request, params }) =>
  answerAuth(request, (params.nextauth ?? '').split('/')),
)

export { answer as GET, answer as POST }
