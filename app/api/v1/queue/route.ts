import { route } from '@/lib/access/http'
import { queueModeInput } from '@/lib/generations/queue/schema'
import { getQueue, setQueueMode } from '@/lib/generations/queue/server'

export const GET = route({ scope: 'read' }, ({ actor }) => getQueue(actor))

export const PATCH = route({ scope: 'manage', input: queueModeInput }, ({ actor, input }) =>
  setQueueMode(actor, input.mode),
)
