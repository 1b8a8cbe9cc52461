import { route } from '@/lib/access/http'
import { timeZoneInput } from '@/lib/budgets/schema'
import { setTimeZone } from '@/lib/budgets/server'

export const PUT = route({ scope: 'manage', input: timeZoneInput }, ({ actor, input }) =>
  setTimeZone(actor, input.timeZone),
)
