import { route } from '@/lib/access/http'
import { describeInput } from '@/lib/prompts/schema'
import { describePicture } from '@/lib/prompts/server'

export const POST = route({ scope: 'generate', input: describeInput }, ({ actor, input }) =>
  describePicture(actor, input),
)
