import { idIn, route } from '@/lib/access/http'
import { removeBudget } from '@/lib/budgets/server'

export const DELETE = route({ scope: 'manage' }, ({ actor, params }) => removeBudget(actor, idIn(params)))
