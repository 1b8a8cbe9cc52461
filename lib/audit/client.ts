import { infiniteQueryOptions } from '@tanstack/react-query'
import type { AuditPage } from '@/lib/audit/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

export const auditQueries = {
  /** What was done in the team to people, keys, links and itself, newest first. */
  list: (team: string) =>
    infiniteQueryOptions({
      queryKey: teamKey('audit', team),
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams(pageParam ? { cursor: pageParam } : {})
        return api.get<AuditPage>(`/api/v1/audit?${query}`, { team, signal })
      },
      initialPageParam: null as string | null, // the first page has no cursor
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
}
