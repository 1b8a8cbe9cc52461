import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/api-client'
import { targetIdOf } from '@/lib/share-links/selection'
import type {
  ShareLink,
  ShareLinkList,
  ShareLinkTarget,
  UpdateShareLinkInput,
} from '@/lib/share-links/schema'

const base = '/api/v1/share-links'

export const shareLinkQueries = {
  all: (team: string) => ['share-links', team] as const,
  list: (team: string, state: 'open' | 'ended') =>
    infiniteQueryOptions({
      queryKey: [...shareLinkQueries.all(team), 'list', state],
      queryFn: ({ pageParam, signal }) => {
        const search = new URLSearchParams({ state, ...(pageParam && { cursor: pageParam }) })
        return api.get<ShareLinkList>(`${base}?${search}`, { team, signal })
      },
      initialPageParam: '',
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** The person's open link to a target, made when there is none: asking twice never makes two. */
  ofTarget: (team: string, target: ShareLinkTarget) =>
    queryOptions({
      queryKey: ['share-link-of', team, target],
      queryFn: async () => {
        const search = new URLSearchParams({
          state: 'open',
          mine: 'true',
          limit: '1',
          target: target.kind,
          targetId: targetIdOf(target),
        })
        const { items } = await api.get<ShareLinkList>(`${base}?${search}`, { team })
        return items[0] ?? api.post<ShareLink>(base, { target }, { team })
      },
      staleTime: Infinity,
      gcTime: 0,
      retry: false,
    }),
}

/** Changes an open link; whoever shows it sees the answer at once. */
export function useUpdateShareLink(team: string) {
  const keep = useKeptLink(team)
  return useMutation({
    mutationFn: ({ id, ...change }: { id: string } & UpdateShareLinkInput) =>
      api.patch<ShareLink>(`${base}/${id}`, change, { team }),
    onSuccess: keep,
    meta: { invalidates: [shareLinkQueries.all(team)] },
  })
}

export function useRevokeShareLink(team: string) {
  const keep = useKeptLink(team)
  return useMutation({
    mutationFn: ({ id }: { id: string }) =>
      api.post<ShareLink>(`${base}/${id}/revocation`, undefined, { team }),
    onSuccess: keep,
    meta: { invalidates: [shareLinkQueries.all(team)] },
  })
}

function useKeptLink(team: string) {
  const client = useQueryClient()
  return (link: ShareLink) =>
    client.setQueriesData<ShareLink>({ queryKey: ['share-link-of', team] }, (shown) =>
      shown?.id === link.id ? link : shown,
    )
}

/** The address to send on. Without STUDIO_URL the server knows the path only; the reader's own origin completes it. */
export function shareUrl(link: ShareLink): string | null {
  return link.url && new URL(link.url, window.location.origin).href
}
