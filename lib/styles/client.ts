import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'
import type { StyleList } from '@/lib/styles/schema'

export const styleQueries = {
  all: (team: string) => teamKey('styles', team),
  /** The whole catalogue; `withHidden` is for those who manage it. */
  list: (team: string, { withHidden = false }: { withHidden?: boolean } = {}) =>
    queryOptions({
      queryKey: [...styleQueries.all(team), { withHidden }],
      queryFn: ({ signal }) =>
        api.get<StyleList>(`/api/v1/styles${withHidden ? '?hidden=true' : ''}`, { team, signal }),
      staleTime: 5 * 60_000,
    }),
}
