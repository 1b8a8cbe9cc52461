import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import {
  hasOpen,
  mapPages,
  queuedIn,
  withGeneration,
  withUnknown,
  type FeedPages,
} from '@/lib/generations/feed'
import type { Queue } from '@/lib/generations/queue/schema'
import type { Generation, GenerationPage, Resolution } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { answerLimit, api } from '@/lib/platform/api-client'
import { PAGE_MAX, PAGE_SIZES } from '@/lib/platform/page-sizes'
import { changeQueries, cursorPages, renewQueries } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'
import type { CreateImageBody } from '@/lib/upstream/schema'

/** While something is under way, the feed is asked this often even if the stream is silent. */
const OPEN_POLL_MS = 20_000

export type FeedFilter = { isMine: boolean }

export const generationQueries = {
  all: (team: string) => teamKey('generations', team),
  /** The team's feed, newest first. `team` is the slug of the page. */
  list: (team: string, filter: FeedFilter) =>
    infiniteQueryOptions({
      queryKey: [...generationQueries.all(team), 'list', filter] as const,
      queryFn: ({ pageParam, signal }) => readPage(team, { ...filter, cursor: pageParam }, signal),
      ...cursorPages,
      refetchInterval: ({ state }) => (hasOpen(state.data) ? OPEN_POLL_MS : false),
    }),
  /** Ends that nobody knows, newest first: a person has to say what became of them. */
  unknown: (team: string) =>
    queryOptions({
      queryKey: [...generationQueries.all(team), 'unknown'] as const,
      queryFn: ({ signal }) =>
        api.get<GenerationPage>(`/api/v1/generations?status=unknown&limit=${PAGE_MAX}`, {
          team,
          signal,
        }),
    }),
  one: (team: string, id: string) =>
    queryOptions({
      queryKey: [...generationQueries.all(team), 'one', id] as const,
      queryFn: ({ signal }) => api.get<Generation>(`/api/v1/generations/${id}`, { team, signal }),
    }),
  /** How many generations a group has, counted to the given limit. */
  group: (team: string, groupId: string) =>
    queryOptions({
      queryKey: [...generationQueries.all(team), 'group', groupId] as const,
      queryFn: ({ signal }) => {
        const query = new URLSearchParams({ groupId, limit: String(PAGE_MAX) })
        return api.get<GenerationPage>(`/api/v1/generations?${query}`, { team, signal })
      },
    }),
}

function readPage(
  team: string,
  { isMine, cursor }: FeedFilter & { cursor: string | null },
  signal: AbortSignal,
): Promise<GenerationPage> {
  const query = new URLSearchParams({ limit: String(PAGE_SIZES.feed), dismissed: 'false', sets: 'folded' })
  if (isMine) query.set('mine', 'true')
  if (cursor) query.set('cursor', cursor)
  return api.get<GenerationPage>(`/api/v1/generations?${query}`, { team, signal })
}

/** `isPrivate` absent: as the team has it. */
export type Submission = { body: CreateImageBody; idempotencyKey: string; isPrivate?: boolean }

/** The header that says who will see it. */
export const visibility = (isPrivate: boolean | undefined): Record<string, string> =>
  isPrivate === undefined ? {} : { 'x-studio-visibility': isPrivate ? 'private' : 'team' }

/** Sends a request under its key. Throws `ApiError`; with status 0 nobody knows whether it arrived: repeat the same key. */
export function submitGeneration(
  team: string,
  { body, idempotencyKey, isPrivate }: Submission,
): Promise<Generation> {
  const headers = { 'idempotency-key': idempotencyKey, 'x-platform': 'web', ...visibility(isPrivate) }
  return api.post<Generation>('/api/v1/generations', body, { team, headers })
}

/** Random, also where the page is served without TLS and `randomUUID` is missing. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

type InList = (filter: FeedFilter) => boolean

/** Writes an answer into every list that holds the generation, and into those that it is new in and `belongs` to. */
export function showGeneration(
  client: QueryClient,
  team: string,
  { generation, belongs }: { generation: Generation; belongs: InList },
) {
  client.setQueryData(generationQueries.one(team, generation.id).queryKey, generation)
  changeQueries<GenerationPage>(client, generationQueries.unknown(team).queryKey, (page) => ({
    ...page,
    items: withUnknown(page.items, generation),
  }))
  for (const isMine of [true, false])
    changeQueries<FeedPages>(client, generationQueries.list(team, { isMine }).queryKey, (data) =>
      withGeneration(data, generation, { belongs: belongs({ isMine }) }),
    )
}

/** Changes images in every generation that the browser has loaded. */
export function changeImagesOfFeed(client: QueryClient, team: string, change: (image: Image) => Image): void {
  const changed = (generation: Generation) => ({ ...generation, images: generation.images.map(change) })
  changeQueries<FeedPages>(client, [...generationQueries.all(team), 'list'], (data) =>
    mapPages(data, (items) => items.map(changed)),
  )
}

/** More changes at once than this are cheaper to read as pages. */
const ASKED_ONE_BY_ONE = 60

/**
 * Asks for the generations that changed, and for those whose place in the queue may have moved with them, and writes them
 * into the lists on the screen. Lists that nobody looks at are only marked as old. Calls must follow one another.
 */
export async function refreshGenerations(
  client: QueryClient,
  team: string,
  { changed, personId }: { changed: readonly string[]; personId: string },
): Promise<void> {
  const queryKey = [...generationQueries.all(team), 'list']
  void client.invalidateQueries({
    queryKey: generationQueries.all(team),
    type: 'inactive',
    refetchType: 'none',
  })
  const lists = client.getQueryCache().findAll({ queryKey, type: 'active' })
  const queued = lists.flatMap((list) => queuedIn(client.getQueryData<FeedPages>(list.queryKey)))
  const ids = [...new Set([...changed, ...queued])]
  if (lists.length === 0 || ids.length > ASKED_ONE_BY_ONE)
    return void renewQueries(client, generationQueries.all(team))
  const query = new URLSearchParams({ ids: ids.join(','), limit: String(PAGE_MAX), sets: 'folded' })
  const { items } = await api.get<GenerationPage>(`/api/v1/generations?${query}`, {
    team,
    signal: answerLimit(), // after it the lists are asked for
  })
  const shown = new Set(items.map(({ id }) => id))
  for (const id of ids.filter((one) => !shown.has(one)))
    // a cell of a set, which stands in the list as one
    void renewQueries(client, generationQueries.one(team, id).queryKey)
  for (const generation of items) {
    const belongs: InList = ({ isMine }) => !isMine || generation.maker.id === personId
    showGeneration(client, team, { generation, belongs })
    void renewQueries(client, generationQueries.group(team, generation.groupId).queryKey)
  }
}

/** Throws `no_longer_cancelable` once it was claimed. */
export const cancelGeneration = (team: string, id: string) =>
  api.post<Generation>(`/api/v1/generations/${id}/cancellation`, {}, { team })

export function useCancelGeneration(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => cancelGeneration(team, id),
    onSuccess: (generation) => {
      showGeneration(client, team, { generation, belongs: () => false })
      changeQueries<Queue>(client, teamKey('queue', team), (queue) => withoutWaiting(queue, generation.id))
    },
    // too late to cancel: show how far it is
    onError: () => {
      for (const key of ['generations', 'queue'] as const) void renewQueries(client, teamKey(key, team))
    },
    meta: { invalidates: [teamKey('credits', team), teamKey('queue', team)] },
  })
}

function withoutWaiting(queue: Queue, id: string): Queue {
  const items = queue.items.filter((item) => item.id !== id)
  return { ...queue, items, waiting: queue.waiting - (queue.items.length - items.length) }
}

/** Shows a private generation with its images to the team. */
export function usePublishGeneration(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<Generation>(`/api/v1/generations/${id}/publication`, {}, { team }),
    onSuccess: (generation) => showGeneration(client, team, { generation, belongs: () => false }),
    meta: { invalidates: [teamKey('images', team), teamKey('gallery', team)] },
  })
}

/** Settles an unknown end as charged or not charged. */
export function useResolveGeneration(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, resolution }: { id: string; resolution: Resolution }) =>
      api.post<Generation>(`/api/v1/generations/${id}/resolution`, { resolution }, { team }),
    onSuccess: (generation) => showGeneration(client, team, { generation, belongs: () => false }),
  })
}

/** Puts away in the feed that nothing came of it, or takes that back. */
export function useDismissGeneration(team: string, personId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, isDismissed }: { id: string; isDismissed: boolean }) => {
      const path = `/api/v1/generations/${id}/dismissal`
      return isDismissed
        ? api.post<Generation>(path, undefined, { team })
        : api.delete<Generation>(path, { team })
    },
    onSuccess: (generation) => {
      const belongs: InList = ({ isMine }) => !isMine || generation.maker.id === personId
      return showGeneration(client, team, { generation, belongs })
    },
  })
}

/** What the person asked for last. */
export const listLatest = (team: string) =>
  api.get<GenerationPage>(`/api/v1/generations?mine=true&limit=${PAGE_SIZES.latest}`, { team })

export const getGeneration = (team: string, id: string) =>
  api.get<Generation>(`/api/v1/generations/${id}`, { team })
