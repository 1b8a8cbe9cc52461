import { queryOptions } from '@tanstack/react-query'
import type { Locale, Theme } from '@/lib/i18n/locales'
import type { ChangePasswordInput, Me, OpenSessionList } from '@/lib/people/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

export const personQueries = {
  sessions: (team: string) =>
    queryOptions({
      queryKey: teamKey('sessions', team),
      queryFn: ({ signal }) => api.get<OpenSessionList>('/api/v1/sessions', { signal }),
    }),
}

export const updateMe = (input: { name?: string; locale?: Locale; theme?: Theme }) =>
  api.patch<Me>('/api/v1/me', input)

export const changePassword = (input: ChangePasswordInput) => api.post('/api/v1/me/password', input)

export const endSession = (id: string) => api.delete(`/api/v1/sessions/${id}`)

export const endOtherSessions = () => api.delete('/api/v1/sessions')
