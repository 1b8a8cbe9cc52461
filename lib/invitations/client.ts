import { queryOptions } from '@tanstack/react-query'
import type {
  AcceptInvitationInput,
  CreateInvitationInput,
  Invitation,
  InvitationLink,
  InvitationList,
} from '@/lib/invitations/schema'
import { api } from '@/lib/platform/api-client'
import { teamKey } from '@/lib/platform/query-keys'

const base = '/api/v1/invitations'

export const invitationQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: [...teamKey('members', team), 'invitations'],
      queryFn: ({ signal }) => api.get<InvitationList>(base, { team, signal }),
    }),
}

export const createInvitation = (team: string, input: CreateInvitationInput) =>
  api.post<Invitation & InvitationLink>(base, input, { team })

/** The same link again, for who lost it. */
export const getInvitationLink = (team: string, id: string) =>
  api.get<InvitationLink>(`${base}/${id}/link`, { team })

export const revokeInvitation = (team: string, id: string) => api.delete(`${base}/${id}`, { team })

export const acceptInvitation = (input: AcceptInvitationInput) =>
  api.post<{ team: { slug: string } }>(`${base}/acceptance`, input)
