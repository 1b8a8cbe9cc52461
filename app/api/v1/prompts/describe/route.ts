import { route } from '@/lib/access/http'
import { describeInput } from '@/lib/prompts/schema'
import { describeImage } from '@/lib/prompts/server'

export const POST = route({ scope: 'generate', input: describeInput }, ({ actor, input }) =>
  describeImage(actor, input),
)
