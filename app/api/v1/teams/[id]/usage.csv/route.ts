import { teamRoute } from '@/lib/access/http'
import { usageQuery } from '@/lib/usage/schema'
import { exportUsage } from '@/lib/usage/server'

/** Followed as a link, which cannot name the team in a header. */
export const GET = teamRoute({ scope: 'read', query: usageQuery }, ({ actor, query }) =>
  exportUsage(actor, query),
)
