import { answerAuth } from '@/lib/auth/next-auth'
import { publicRoute } from '@/lib/http'

const answer = publicRoute({}, ({ request, params }) =>
  answerAuth(request, (params.nextauth ?? '').split('/')),
)

export { answer as GET, answer as POST }
