import { queryOptions } from '@tanstack/react-query'
import type { OpenSessionList } from '@/lib/people/schema'
import { api } from '@/lib/platform/api-client'

export const personQueries = {
  sessions: (team: string) =>
    queryOptions({
      queryKey: ['sessions', team],
      queryFn: ({ signal }) => api.get<OpenSessionList>('/api/v1/sessions', { signal }),
    }),
}
