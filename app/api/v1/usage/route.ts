import { route } from '@/lib/access/http'
import { usageQuery } from '@/lib/usage/schema'
import { exportUsage, getUsage } from '@/lib/usage/server'

export const GET = route({ scope: 'read', query: usageQuery }, ({ actor, query }) =>
  query.format === 'csv' ? exportUsage(actor, query) : getUsage(actor, query),
)
