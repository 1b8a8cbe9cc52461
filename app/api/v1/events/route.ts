import { answerEvents } from '@/lib/event-stream'
import { eventQuery } from '@/lib/event-schema'
import { publicRoute } from '@/lib/http'

export const dynamic = 'force-dynamic'

export const GET = publicRoute({ query: eventQuery }, ({ request, query }) => answerEvents(request, query))
