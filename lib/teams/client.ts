import { api } from '@/lib/platform/api-client'
import type { Team, UpdateTeamInput } from '@/lib/teams/schema'

const base = '/api/v1/teams'

export const createTeam = (name: string) => api.post<Team>(base, { name })

export const updateTeam = (id: string, input: UpdateTeamInput) =>
  api.patch<Team>(`${base}/${id}`, input, { team: id })

export const transferTeam = (id: string, userId: string) =>
  api.post(`${base}/${id}/transfer`, { userId }, { team: id })

/** `confirmation` is the team's name, as the person typed it. */
export const removeTeam = (id: string, confirmation: string) =>
  api.delete(`${base}/${id}?confirmation=${encodeURIComponent(confirmation)}`, { team: id })
