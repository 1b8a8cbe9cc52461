import { idIn, route } from '@/lib/access/http'
import { resolutionInput } from '@/lib/generations/schema'
import { resolveGeneration } from '@/lib/generations/server'

export const POST = route({ scope: 'generate', input: resolutionInput }, ({ actor, params, input }) =>
  resolveGeneration(actor, idIn(params), input.resolution),
)
