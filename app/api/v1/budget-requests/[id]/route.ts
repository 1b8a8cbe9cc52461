import { idIn, route } from '@/lib/access/http'
import { getBudgetRequest } from '@/lib/budgets/requests'

export const GET = route({ scope: 'read' }, ({ actor, params }) => getBudgetRequest(actor, idIn(params)))
