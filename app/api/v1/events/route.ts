import { openEventStream } from '@/lib/event-stream'
import { route } from '@/lib/http'

export const dynamic = 'force-dynamic'

export const GET = route({ scope: 'read' }, async ({ actor, request }) =>
  openEventStream(actor, request.signal),
)
