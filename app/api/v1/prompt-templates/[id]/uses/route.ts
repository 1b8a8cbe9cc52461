import { idIn, route } from '@/lib/access/http'
import { countTemplateUse } from '@/lib/prompts/templates'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => countTemplateUse(actor, idIn(params)))
