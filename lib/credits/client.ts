import { queryOptions } from '@tanstack/react-query'
import type { Credits } from '@/lib/credits/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

export const creditQueries = {
  all: (team: string) => teamKey('credits', team),
  current: (team: string) =>
    queryOptions({
      queryKey: creditQueries.all(team),
      queryFn: ({ signal }) => api.get<Credits>('/api/v1/credits', { team, signal }),
      refetchInterval: 60_000,
    }),
}
