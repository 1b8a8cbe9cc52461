import { queryOptions } from '@tanstack/react-query'
import type {
  AcceptInvitationInput,
  CreateInvitationInput,
  Invitation,
  InvitationLink,
  InvitationList,
  Joined,
  InviteByEmailInput,
  Invited,
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

/** One invitation for each address, with a mail where the studio sends any. */
export const inviteByEmail = (team: string, input: InviteByEmailInput) =>
  api.post<Invited>(`${base}/batch`, input, { team })

/** Sends the mail of an invitation once more and renews its time. */
export const resendInvitation = (team: string, id: string) =>
  api.post<Invitation>(`${base}/${id}/mail`, undefined, { team })

/** The same link again, for who lost it. */
export const getInvitationLink = (team: string, id: string) =>
  api.get<InvitationLink>(`${base}/${id}/link`, { team })

export const revokeInvitation = (team: string, id: string) => api.delete(`${base}/${id}`, { team })

export const acceptInvitation = (input: AcceptInvitationInput) =>
  api.post<Joined>(`${base}/acceptance`, input)
