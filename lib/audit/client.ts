import { infiniteQueryOptions } from '@tanstack/react-query'
import type { AuditFilters, AuditPage } from '@/lib/audit/schema'
import { api } from '@/lib/platform/api-client'
import { cursorPages } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'

export const auditQueries = {
  /** What was done in the team, newest first, as far as it is narrowed down. */
  list: (team: string, filters: AuditFilters) =>
    infiniteQueryOptions({
      queryKey: [...teamKey('audit', team), filters],
      queryFn: ({ pageParam, signal }) => {
        const query = filterQuery({ ...filters, ...(pageParam && { cursor: pageParam }) })
        return api.get<AuditPage>(`/api/v1/audit?${query}`, { team, signal })
      },
      ...cursorPages,
    }),
}

/** Where the same is a CSV. */
export const auditCsvPath = (teamId: string, filters: AuditFilters) =>
  `/api/v1/teams/${teamId}/audit.csv?${filterQuery(filters)}`

/** What is empty narrows nothing down. */
export function filterQuery(filters: Record<string, string | undefined>): string {
  return new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString()
}
