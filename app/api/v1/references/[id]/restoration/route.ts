import { idIn, route } from '@/lib/http'
import { restoreReference } from '@/lib/references/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => restoreReference(actor, idIn(params)))
