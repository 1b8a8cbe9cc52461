import { queryOptions } from '@tanstack/react-query'
import type { Holdings, Member, MemberList, PasswordLink, UpdateMemberInput } from '@/lib/members/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

export const memberQueries = {
  all: (team: string) => teamKey('members', team),
  list: (team: string) =>
    queryOptions({
      queryKey: memberQueries.all(team),
      queryFn: ({ signal }) => api.get<MemberList>('/api/v1/members', { team, signal }),
    }),
  /** Asked anew each time: it is about to be ended. */
  holdings: (team: string, id: string) =>
    queryOptions({
      queryKey: [...memberQueries.all(team), 'holdings', id],
      queryFn: ({ signal }) => api.get<Holdings>(`/api/v1/members/${id}/holdings`, { team, signal }),
      gcTime: 0,
      staleTime: 0,
    }),
}

export const updateMember = (team: string, id: string, input: UpdateMemberInput) =>
  api.patch<Member>(`/api/v1/members/${id}`, input, { team })

/** Takes somebody out of the team; oneself, to leave it. Without an heir their share links end. */
export const removeMember = (team: string, id: string, heirId?: string) =>
  api.delete(`/api/v1/members/${id}${heirId ? `?heirId=${heirId}` : ''}`, { team })

/** A link by which the person chooses a new password, to be handed to them. */
export const createPasswordLink = (team: string, id: string) =>
  api.post<PasswordLink>(`/api/v1/members/${id}/password-link`, undefined, { team })
