import { route } from '@/lib/access/http'
import { budgetInput } from '@/lib/budgets/schema'
import { listBudgets, setBudget } from '@/lib/budgets/server'

export const GET = route({ scope: 'manage' }, ({ actor }) => listBudgets(actor))

export const PUT = route({ scope: 'manage', input: budgetInput }, ({ actor, input }) =>
  setBudget(actor, input),
)
