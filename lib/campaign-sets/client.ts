import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CampaignSetDetails, CampaignSetInput, CampaignSetPage } from '@/lib/campaign-sets/schema'
import { generationQueries, visibility } from '@/lib/generations/client'
import { api } from '@/lib/platform/api-client'
import { cursorPages, renewQueries } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'

const path = (id: string) => `/api/v1/campaign-sets/${id}`

export const campaignSetQueries = {
  /** The team's sets, newest first. */
  list: (team: string) =>
    infiniteQueryOptions({
      queryKey: [...teamKey('campaign-sets', team), 'list'] as const,
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams(pageParam ? { cursor: pageParam } : {})
        return api.get<CampaignSetPage>(`/api/v1/campaign-sets?${query}`, { team, signal })
      },
      ...cursorPages,
    }),
  one: (team: string, id: string) =>
    queryOptions({
      queryKey: [...teamKey('campaign-sets', team), 'one', id] as const,
      queryFn: ({ signal }) => api.get<CampaignSetDetails>(path(id), { team, signal }),
    }),
}

/** `isPrivate` absent: as the team has it. */
type SetSubmission = { input: CampaignSetInput; idempotencyKey: string; isPrivate?: boolean }

/** Queues a set under its key. Throws `ApiError`; with status 0 nobody knows whether it arrived: repeat the same key. */
export function useCreateSet(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ input, idempotencyKey, isPrivate }: SetSubmission) =>
      api.post<CampaignSetDetails>('/api/v1/campaign-sets', input, {
        team,
        headers: { 'idempotency-key': idempotencyKey, ...visibility(isPrivate) },
      }),
    onSuccess: (set) => {
      client.setQueryData(campaignSetQueries.one(team, set.id).queryKey, set)
      void renewQueries(client, generationQueries.all(team))
    },
    meta: { invalidates: [teamKey('credits', team)] },
  })
}

export type SetAct = 'pause' | 'continue' | 'retry' | 'cancel' | 'publish'

const asks: Record<SetAct, (team: string, id: string) => Promise<CampaignSetDetails>> = {
  pause: (team, id) => api.post(`${path(id)}/pause`, undefined, { team }),
  continue: (team, id) => api.delete(`${path(id)}/pause`, { team }),
  retry: (team, id) => api.post(`${path(id)}/retry`, undefined, { team }),
  publish: (team, id) => api.post(`${path(id)}/publication`, undefined, { team }),
  cancel: (team, id) => api.post(`${path(id)}/cancellation`, undefined, { team }),
}

/** Holds a set, lets it go on, asks again for what failed, takes what waits out of the queue, or shows it to the team. */
export function useSetAct(team: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: SetAct) => asks[act](team, id),
    onSuccess: (set, act) => {
      client.setQueryData(campaignSetQueries.one(team, id).queryKey, set)
      // who may see its images is said of each
      const shows = act === 'publish' ? (['images', 'gallery'] as const) : []
      for (const key of ['generations', ...shows] as const) void renewQueries(client, teamKey(key, team))
    },
    meta: { invalidates: [teamKey('credits', team)] },
  })
}
