import { accepted, route } from '@/lib/access/http'
import { generationInput, generationListQuery } from '@/lib/generations/schema'
import { createGeneration, listGenerations } from '@/lib/generations/server'

export const GET = route({ scope: 'read', query: generationListQuery }, ({ actor, query }) =>
  listGenerations(actor, query),
)

export const POST = route(
  { scope: 'generate', input: generationInput },
  async ({ actor, input, request }) => {
    const generation = await createGeneration(actor, input, request.headers)
    return accepted(`/api/v1/generations/${generation.id}`, generation)
  },
)
