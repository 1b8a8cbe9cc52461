import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/platform/api-client'
import type { OpenSessionList } from '@/lib/people/schema'

export const personQueries = {
  sessions: (team: string) =>
    queryOptions({
      queryKey: ['sessions', team],
      queryFn: ({ signal }) => api.get<OpenSessionList>('/api/v1/sessions', { signal }),
    }),
}
