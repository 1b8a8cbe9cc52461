import { isServer, MutationCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { ApiError } from '@/lib/platform/api-client'

declare module '@tanstack/react-query' {
  interface Register {
    /** The queries that a mutation makes stale, by key prefix. */
    mutationMeta: { invalidates?: QueryKey[] }
  }
}

const STALE_MS = 30_000

type CursorPages = {
  initialPageParam: string | null
  getNextPageParam: (page: { nextCursor: string | null }) => string | null
}

/** For a list that comes in pages, `{ items, nextCursor }`; its first page has no cursor. */
export const cursorPages: CursorPages = {
  initialPageParam: null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
}

function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
      // without a network it fails at once and says so: what waits would be done minutes after the person gave it up
      mutations: { retry: false, networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _context, mutation) => {
        for (const queryKey of mutation.meta?.invalidates ?? []) void renewQueries(client, queryKey)
      },
    }),
  })
  return client
}

/**
 * Marks queries as stale and asks again for those on the screen. One whose first answer is still on its way may have been
 * read before the change, and TanStack does not ask a second time for it: it is asked again once that answer is here.
 */
export async function renewQueries(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const onTheirWay = client
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined })
  void client.invalidateQueries({ queryKey })
  await Promise.all(
    onTheirWay.map(async (query) => {
      await query.promise?.catch(() => undefined)
      await client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }),
  )
}

/**
 * Writes a change into what is loaded under a key, and once more where an answer is on its way: it was asked for before, and a
 * next page is added to the list as it was then. A change done twice must be as good as once, and makes nothing new that was old.
 */
export function changeQueries<T>(client: QueryClient, queryKey: QueryKey, change: (data: T) => T): void {
  for (const query of client.getQueryCache().findAll({ queryKey })) {
    const write = () => {
      const { dataUpdatedAt, isInvalidated } = query.state
      client.setQueryData<T>(query.queryKey, (data) => data && change(data), { updatedAt: dataUpdatedAt })
      if (isInvalidated) query.invalidate()
    }
    write()
    if (query.state.fetchStatus !== 'idle') void query.promise?.then(write, () => undefined) // nothing was overwritten
  }
}

let browserClient: QueryClient | undefined

/** One client per browser, one per request on the server. */
export function getQueryClient(): QueryClient {
  if (isServer) return makeQueryClient()
  return (browserClient ??= makeQueryClient())
}
