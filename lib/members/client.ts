import { queryOptions } from '@tanstack/react-query'
import type { InvitationList } from '@/lib/invitations/schema'
import type { MemberList } from '@/lib/members/schema'
import { api } from '@/lib/platform/api-client'

export const memberQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: ['members', team],
      queryFn: ({ signal }) => api.get<MemberList>('/api/v1/members', { team, signal }),
    }),
  invitations: (team: string) =>
    queryOptions({
      queryKey: ['members', team, 'invitations'],
      queryFn: ({ signal }) => api.get<InvitationList>('/api/v1/invitations', { team, signal }),
    }),
}
