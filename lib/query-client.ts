import { isServer, MutationCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { ApiError } from '@/lib/api-client'

declare module '@tanstack/react-query' {
  interface Register {
    /** The queries that a mutation makes stale, by key prefix. */
    mutationMeta: { invalidates?: QueryKey[] }
  }
}

const STALE_MS = 30_000

function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _context, mutation) => {
        for (const queryKey of mutation.meta?.invalidates ?? []) void client.invalidateQueries({ queryKey })
      },
    }),
  })
  return client
}

let browserClient: QueryClient | undefined

/** One client per browser, one per request on the server. */
export function getQueryClient(): QueryClient {
  if (isServer) return makeQueryClient()
  return (browserClient ??= makeQueryClient())
}
