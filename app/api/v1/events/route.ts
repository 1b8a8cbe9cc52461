import { eventQuery } from '@/lib/access/event-schema'
import { answerEvents } from '@/lib/access/event-stream'
import { publicRoute } from '@/lib/access/http'

export const dynamic = 'force-dynamic'

export const GET = publicRoute({ query: eventQuery }, ({ request, query }) => answerEvents(request, query))
