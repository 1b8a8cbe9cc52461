import { route } from '@/lib/access/http'
import { enhanceInput } from '@/lib/prompts/schema'
import { enhancePrompt } from '@/lib/prompts/server'

export const POST = route({ scope: 'generate', input: enhanceInput }, ({ actor, input }) =>
  enhancePrompt(actor, input),
)
