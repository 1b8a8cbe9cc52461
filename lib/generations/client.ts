import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/api-client'
import type { CreateImageBody } from '@/lib/flamel/contract'
import { isOpen } from '@/lib/generations/status'
import type { Generation, GenerationPage, Resolution } from '@/lib/generations/schema'

export const FEED_PAGE = 12
/** While something is under way, the feed is asked this often even if the stream is silent. */
const OPEN_POLL_MS = 20_000

export type FeedFilter = { isMine: boolean }
type Pages = InfiniteData<GenerationPage, string | null>

export const generationQueries = {
  /** The team's feed, newest first. `team` is the slug of the page. */
  list: (team: string, filter: FeedFilter) =>
    infiniteQueryOptions({
      queryKey: ['generations', team, 'list', filter] as const,
      queryFn: ({ pageParam, signal }) => readPage(team, { ...filter, cursor: pageParam }, signal),
      initialPageParam: null as string | null, // the first page has no cursor
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) => (hasOpen(state.data) ? OPEN_POLL_MS : false),
    }),
  one: (team: string, id: string) =>
    queryOptions({
      queryKey: ['generations', team, 'one', id] as const,
      queryFn: ({ signal }) => api.get<Generation>(`/api/v1/generations/${id}`, { team, signal }),
    }),
  /** How many generations a group has, counted to the given limit. */
  group: (team: string, groupId: string) =>
    queryOptions({
      queryKey: ['generations', team, 'group', groupId] as const,
      queryFn: ({ signal }) => {
        const query = new URLSearchParams({ groupId, limit: '100' })
        return api.get<GenerationPage>(`/api/v1/generations?${query}`, { team, signal })
      },
    }),
}

function readPage(
  team: string,
  { isMine, cursor }: FeedFilter & { cursor: string | null },
  signal: AbortSignal,
): Promise<GenerationPage> {
  const query = new URLSearchParams({ limit: String(FEED_PAGE) })
  if (isMine) query.set('mine', 'true')
  if (cursor) query.set('cursor', cursor)
  return api.get<GenerationPage>(`/api/v1/generations?${query}`, { team, signal })
}

function hasOpen(data: Pages | undefined): boolean {
  return data?.pages.some((page) => page.items.some(({ status }) => isOpen(status))) ?? false
}

/** Sends a request under its key. Throws `ApiError`; with status 0 nobody knows whether it arrived: repeat the same key. */
export function submitGeneration(
  team: string,
  { body, idempotencyKey }: { body: CreateImageBody; idempotencyKey: string },
): Promise<Generation> {
  const headers = { 'idempotency-key': idempotencyKey, 'x-platform': 'web' }
  return api.post<Generation>('/api/v1/generations', body, { team, headers })
}

/** Writes an answer into every list that holds the generation, and at the head of those that should. */
export async function showGeneration(client: QueryClient, team: string, generation: Generation) {
  await client.cancelQueries({ queryKey: ['generations', team, 'list'] })
  client.setQueryData(generationQueries.one(team, generation.id).queryKey, generation)
  client.setQueriesData<Pages>(
    { queryKey: ['generations', team, 'list'] },
    (data) => data && withGeneration(data, generation),
  )
}

function withGeneration(data: Pages, generation: Generation): Pages {
  const isKnown = data.pages.some((page) => page.items.some(({ id }) => id === generation.id))
  const pages = data.pages.map((page, index) => ({
    ...page,
    items:
      !isKnown && index === 0
        ? [generation, ...page.items]
        : page.items.map((item) => (item.id === generation.id ? generation : item)),
  }))
  return { ...data, pages }
}

export function useCancelGeneration(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<Generation>(`/api/v1/generations/${id}/cancellation`, {}, { team }),
    onSuccess: (generation) => showGeneration(client, team, generation),
    // too late to cancel: show how far it is
    onError: () => client.invalidateQueries({ queryKey: ['generations', team] }),
    meta: { invalidates: [['credits', team]] },
  })
}

/** Settles an unknown end as charged or not charged. */
export function useResolveGeneration(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, resolution }: { id: string; resolution: Resolution }) =>
      api.post<Generation>(`/api/v1/generations/${id}/resolution`, { resolution }, { team }),
    onSuccess: (generation) => showGeneration(client, team, generation),
  })
}
