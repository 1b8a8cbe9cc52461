import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { generationQueries } from '@/lib/generations/client'
import type { QueueMode } from '@/lib/generations/queue/modes'
import type { Queue } from '@/lib/generations/queue/schema'
import { api } from '@/lib/platform/api-client'
import { renewQueries } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'

export const queueQueries = {
  current: (team: string) =>
    queryOptions({
      queryKey: teamKey('queue', team),
      queryFn: ({ signal }) => api.get<Queue>('/api/v1/queue', { team, signal }),
    }),
}

/** Stops the queue, lets it run empty, or opens it. */
export function useSetQueueMode(team: string) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `queue mode of ${team}` }, // one after the other: the last press counts
    mutationFn: (mode: QueueMode) => api.patch<Queue>('/api/v1/queue', { mode }, { team }),
    onSuccess: (queue) => {
      const { queryKey } = queueQueries.current(team)
      client.setQueryData(queryKey, queue)
      void renewQueries(client, queryKey) // what is on its way was read before
    },
    meta: { invalidates: [teamKey('credits', team)] },
  })
}

/** Throws `no_longer_queued` once it was claimed. */
export function useMoveToFront(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<Queue>(`/api/v1/generations/${id}/priority`, undefined, { team }),
    onSuccess: (queue) => {
      client.setQueryData(queueQueries.current(team).queryKey, queue)
      void renewQueries(client, generationQueries.all(team))
    },
    onError: () => void client.invalidateQueries(queueQueries.current(team)),
  })
}
