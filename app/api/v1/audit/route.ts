import { route } from '@/lib/access/http'
import { listAuditQuery } from '@/lib/audit/schema'
import { listAudit } from '@/lib/audit/server'

export const GET = route({ scope: 'manage', query: listAuditQuery }, ({ actor, query }) =>
  listAudit(actor, query),
)
