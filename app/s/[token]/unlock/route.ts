import { publicRoute } from '@/lib/access/http'
import { answerUnlock } from '@/lib/share-links/unlock'

export const POST = publicRoute({}, ({ request, params: { token = '' } }) => answerUnlock(request, token))
