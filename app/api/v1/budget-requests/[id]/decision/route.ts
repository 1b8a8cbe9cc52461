import { idIn, route } from '@/lib/access/http'
import { decide } from '@/lib/budgets/requests'
import { decisionInput } from '@/lib/budgets/schema'

export const POST = route({ scope: 'manage', input: decisionInput }, ({ actor, params, input }) =>
  decide(actor, idIn(params), input),
)
