import { queryOptions } from '@tanstack/react-query'
import type { ChooseInput, KeyScope, SavedKey, SaveKeyInput, TeamConnection } from '@/lib/connection/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

const base = '/api/v1/connection'

export const connectionQueries = {
  current: (team: string) =>
    queryOptions({
      queryKey: teamKey('connection', team),
      queryFn: ({ signal }) => api.get<TeamConnection>(base, { team, signal }),
    }),
}

export const saveKey = (team: string, input: SaveKeyInput) =>
  api.put<SavedKey>(`${base}/key`, input, { team })

export const removeKey = (team: string, scope: KeyScope) =>
  api.delete<TeamConnection>(`${base}/key?scope=${scope}`, { team })

export const chooseConnection = (team: string, input: ChooseInput) =>
  api.patch<TeamConnection>(base, input, { team })
