import { queryOptions } from '@tanstack/react-query'
import type { Locale, Theme } from '@/lib/i18n/locales'
import type {
  ChangeEmailInput,
  ChangePasswordInput,
  EmailChange,
  Me,
  OpenSessionList,
} from '@/lib/people/schema'
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

export const changeEmail = (input: ChangeEmailInput) => api.post<EmailChange>('/api/v1/me/email', input)

/** The person's own data as a ZIP: followed as a link. */
export const OWN_DATA = '/api/v1/me/data'

export const deleteAccount = (password: string) => api.post('/api/v1/me/deletion', { password })

export const endSession = (id: string) => api.delete(`/api/v1/sessions/${id}`)

export const endOtherSessions = () => api.delete('/api/v1/sessions')
