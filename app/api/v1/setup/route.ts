import { created, publicRoute } from '@/lib/access/http'
import { setUpInput } from '@/lib/setup/schema'
import { setUp } from '@/lib/setup/server'

export const POST = publicRoute({ input: setUpInput }, async ({ input, request }) => {
  const made = await setUp(input, request)
  return created(`/t/${made.team.slug}/create`, made)
})
