import { teamRoute } from '@/lib/access/http'
import { exportAudit } from '@/lib/audit/export'
import { auditFilters } from '@/lib/audit/schema'

/** Followed as a link, which cannot name the team in a header. */
export const GET = teamRoute({ scope: 'manage', query: auditFilters }, ({ actor, query }) =>
  exportAudit(actor, query),
)
