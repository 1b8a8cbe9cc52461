import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useMutationState,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query'
import { api } from '@/lib/platform/api-client'
import { cursorPages } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'
import type {
  ShareLink,
  ShareLinkList,
  ShareLinkTarget,
  UpdateShareLinkInput,
} from '@/lib/share-links/schema'
import { targetIdOf } from '@/lib/share-links/selection'
import { endOf } from '@/lib/share-links/state'

const base = '/api/v1/share-links'

export const shareLinkQueries = {
  all: (team: string) => teamKey('share-links', team),
  list: (team: string, state: 'open' | 'ended') =>
    infiniteQueryOptions({
      queryKey: [...shareLinkQueries.all(team), 'list', state],
      queryFn: ({ pageParam, signal }) => {
        const search = new URLSearchParams({ state, ...(pageParam && { cursor: pageParam }) })
        return api.get<ShareLinkList>(`${base}?${search}`, { team, signal })
      },
      ...cursorPages,
    }),
  /** The person's open link to a target, made when there is none (`isNew`): asking twice never makes two. */
  ofTarget: (team: string, target: ShareLinkTarget, title?: string) =>
    queryOptions({
      queryKey: [...teamKey('share-link-of', team), target],
      queryFn: async (): Promise<ShareLink & { isNew?: boolean }> => {
        const search = new URLSearchParams({
          state: 'open',
          mine: 'true',
          limit: '1',
          target: target.kind,
          targetId: targetIdOf(target),
        })
        const { items } = await api.get<ShareLinkList>(`${base}?${search}`, { team })
        return items[0] ?? { ...(await api.post<ShareLink>(base, { target, title }, { team })), isNew: true }
      },
      staleTime: Infinity,
      gcTime: 0,
      retry: false,
    }),
}

/**
 * The changes of one open link, sent one after the other in the order they were made. `shown` is the link with what
 * was chosen and is not yet answered.
 */
export function useUpdateShareLink(team: string, link: ShareLink) {
  const keep = useKeptLink(team)
  const mutationKey = ['update-share-link', link.id]
  const { mutateAsync: change } = useMutation({
    mutationKey,
    scope: { id: link.id },
    mutationFn: (fields: UpdateShareLinkInput) =>
      api.patch<ShareLink>(`${base}/${link.id}`, fields, { team }),
    onSuccess: keep,
    meta: { invalidates: [shareLinkQueries.all(team)] },
  })
  const awaited = useMutationState({
    filters: { mutationKey, status: 'pending' },
    // the key is this mutation's alone
    select: ({ state }) => ({ fields: state.variables as UpdateShareLinkInput, at: state.submittedAt }),
  })
  const shown = awaited.reduce((before, { fields, at }) => withChange(before, fields, at), link)
  return { change, shown }
}

function withChange(
  link: ShareLink,
  { password, expiresInDays, ...plain }: UpdateShareLinkInput,
  at: number,
): ShareLink {
  return {
    ...link,
    ...plain,
    ...(password !== undefined && { hasPassword: password !== null }),
    ...(expiresInDays !== undefined && {
      expiresAt: endOf(expiresInDays, new Date(at))?.toISOString() ?? null,
    }),
  }
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

/** What the server answered is shown at once wherever the link stands. */
function useKeptLink(team: string) {
  const client = useQueryClient()
  return (link: ShareLink) => {
    const kept = (shown: ShareLink) => (shown.id === link.id ? link : shown)
    client.setQueriesData<ShareLink>(
      { queryKey: teamKey('share-link-of', team) },
      (shown) => shown && kept(shown),
    )
    client.setQueriesData<InfiniteData<ShareLinkList>>(
      { queryKey: [...shareLinkQueries.all(team), 'list'] },
      (list) =>
        list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(kept) })) },
    )
  }
}

/** What a link is called: by its title, else by what it shows. */
export const nameOfLink = ({ title, prompt }: ShareLink) => title || prompt

/** The address to send on. Without STUDIO_URL the server knows the path only; the reader's own origin completes it. */
export function shareUrl(link: ShareLink): string | null {
  return link.url && new URL(link.url, window.location.origin).href
}
