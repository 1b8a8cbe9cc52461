import { idIn, route } from '@/lib/access/http'
import { restoreReference } from '@/lib/references/server'

export const POST = route({ scope: 'generate' }, ({ actor, params }) => restoreReference(actor, idIn(params)))
