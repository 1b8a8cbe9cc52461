import { queryOptions } from '@tanstack/react-query'
import type { ApiKeyList, CreateApiKeyInput, NewApiKey } from '@/lib/api-keys/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

export const apiKeyQueries = {
  all: (team: string) => teamKey('api-keys', team),
  list: (team: string) =>
    queryOptions({
      queryKey: apiKeyQueries.all(team),
      queryFn: ({ signal }) => api.get<ApiKeyList>('/api/v1/api-keys', { team, signal }),
    }),
}

export const createApiKey = (team: string, input: CreateApiKeyInput) =>
  api.post<NewApiKey>('/api/v1/api-keys', input, { team })

export const revokeApiKey = (team: string, id: string) => api.delete(`/api/v1/api-keys/${id}`, { team })
