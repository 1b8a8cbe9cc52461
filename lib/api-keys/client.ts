import { queryOptions } from '@tanstack/react-query'
import type { ApiKeyList } from '@/lib/api-keys/schema'
import { api } from '@/lib/platform/api-client'

export const apiKeyQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: ['api-keys', team],
      queryFn: ({ signal }) => api.get<ApiKeyList>('/api/v1/api-keys', { team, signal }),
    }),
}
