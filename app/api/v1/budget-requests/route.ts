import { created, route } from '@/lib/access/http'
import { askForMore, listBudgetRequests } from '@/lib/budgets/requests'
import { requestInput } from '@/lib/budgets/schema'

export const GET = route({ scope: 'read' }, ({ actor }) => listBudgetRequests(actor))

export const POST = route({ scope: 'generate', input: requestInput }, async ({ actor, input }) => {
  const request = await askForMore(actor, input)
  return created(`/api/v1/budget-requests/${request.id}`, request)
})
