import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useMutationState,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { mapImages, type Pages } from '@/lib/images/pages'
import type {
  ChangedImages,
  Image,
  ImageCounts,
  ImageFilters,
  ImagePage,
  Neighbours,
} from '@/lib/images/schema'
import { api } from '@/lib/platform/api-client'
import { PAGE_MAX, PAGE_SIZES } from '@/lib/platform/page-sizes'
import { changeQueries, cursorPages } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'

function address(filters: ImageFilters & { trash?: 'true'; cursor?: string | null; limit?: number }): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) if (value) search.set(name, String(value))
  return `/api/v1/images?${search}`
}

const galleryKey = (team: string) => teamKey('gallery', team)

export const imageQueries = {
  all: (team: string) => teamKey('images', team),
  /** The gallery. Not under `images`: a change asks for `head` alone, however many pages are loaded. */
  gallery: (team: string, filters: ImageFilters) =>
    infiniteQueryOptions({
      queryKey: [...galleryKey(team), filters] as const,
      queryFn: ({ pageParam, signal }) =>
        api.get<ImagePage>(address({ ...filters, cursor: pageParam, limit: PAGE_SIZES.images }), {
          team,
          signal,
        }),
      ...cursorPages,
      placeholderData: keepPreviousData,
      staleTime: Infinity,
      gcTime: 30 * 60_000,
    }),
  /** The first page again, for what has changed since. */
  head: (team: string, filters: ImageFilters) =>
    queryOptions({
      queryKey: [...imageQueries.all(team), 'head', filters] as const,
      queryFn: ({ signal }) =>
        api.get<ImagePage>(address({ ...filters, limit: PAGE_SIZES.images }), { team, signal }),
    }),
  /** How many there are, in all and by month; the same whatever month the gallery begins with. */
  counts: (team: string, { until: _until, ...filters }: ImageFilters) =>
    queryOptions({
      queryKey: [...imageQueries.all(team), 'counts', filters] as const,
      queryFn: ({ signal }) => {
        const [, search = ''] = address(filters).split('?')
        return api.get<ImageCounts>(`/api/v1/images/counts?${search}`, { team, signal })
      },
      placeholderData: keepPreviousData,
    }),
  one: (team: string, id: string) =>
    queryOptions({
      queryKey: [...imageQueries.all(team), 'one', id] as const,
      queryFn: ({ signal }) => api.get<Image>(`/api/v1/images/${id}`, { team, signal }),
    }),
  neighbours: (team: string, id: string, filters: ImageFilters) =>
    queryOptions({
      queryKey: [...imageQueries.all(team), 'neighbours', id, filters] as const,
      queryFn: ({ signal }) => {
        const [, search = ''] = address(filters).split('?')
        return api.get<Neighbours>(`/api/v1/images/${id}/neighbours?${search}`, { team, signal })
      },
      placeholderData: keepPreviousData,
    }),
  group: (team: string, groupId: string) =>
    queryOptions({
      queryKey: [...imageQueries.all(team), 'group', groupId] as const,
      queryFn: ({ signal }) => api.get<ImagePage>(address({ groupId, limit: PAGE_MAX }), { team, signal }),
    }),
  trash: (team: string) =>
    infiniteQueryOptions({
      queryKey: [...imageQueries.all(team), 'trash'] as const,
      queryFn: ({ pageParam, signal }) =>
        api.get<ImagePage>(address({ trash: 'true', cursor: pageParam, limit: PAGE_SIZES.images }), {
          team,
          signal,
        }),
      ...cursorPages,
    }),
}

/** An image that some list in the browser holds already. */
export function findLoaded(client: QueryClient, team: string, id: string): Image | undefined {
  const pages = client.getQueriesData<Pages>({ queryKey: galleryKey(team) })
  const around = client.getQueriesData<Neighbours>({ queryKey: [...imageQueries.all(team), 'neighbours'] })
  const loaded = [
    ...pages.flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []),
    ...around.flatMap(([, data]) => (data ? [...data.newer, ...data.older] : [])),
  ]
  return loaded.find((image) => image.id === id)
}

/**
 * Changes images in what the browser has loaded of the gallery, of groups and neighbours, and of single ones; null drops one
 * from the lists. Done once more with what is on its way.
 */
export function changeLoadedImages(
  client: QueryClient,
  team: string,
  change: (image: Image) => Image | null,
): void {
  const changeEach = (images: Image[]) => images.flatMap((image) => change(image) ?? [])
  const all = imageQueries.all(team)
  changeQueries<Pages>(client, galleryKey(team), (data) => mapImages(data, change))
  changeQueries<Image>(client, [...all, 'one'], (image) => change(image) ?? image)
  changeQueries<ImagePage>(client, [...all, 'group'], (page) => ({ ...page, items: changeEach(page.items) }))
  changeQueries<Neighbours>(client, [...all, 'neighbours'], ({ newer, older }) => ({
    newer: changeEach(newer),
    older: changeEach(older),
  }))
}

export type Marking = { ids: string[]; favourite: boolean }

/** Marks images for the team. */
export const markImages = (team: string, marking: Marking) =>
  api.patch<ChangedImages>('/api/v1/images', marking, { team })

const trashKey = (team: string) => ['trash', team] as const

/** Moves images to the trash; the answer names those that went. Others stay where they are. */
export function useTrash(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: trashKey(team),
    mutationFn: (ids: string[]) => api.post<ChangedImages>('/api/v1/images/trash', { ids }, { team }),
    onSuccess: ({ ids }) => {
      const gone = new Set(ids)
      changeLoadedImages(client, team, (image) => (gone.has(image.id) ? null : image))
    },
    meta: {
      invalidates: [imageQueries.all(team), teamKey('generations', team)],
    },
  })
}

/** Which images are on their way to the trash: what is read meanwhile may still hold them. */
export function usePendingTrash(team: string): (id: string) => boolean {
  const pending = useMutationState({
    filters: { mutationKey: trashKey(team), status: 'pending' },
    select: ({ state }) => state.variables as string[], // of the only mutation with that key
  })
  return (id) => pending.some((ids) => ids.includes(id))
}

/** Takes images out of the trash; the gallery is asked anew, for they may belong anywhere in it. */
export function useRestore(team: string) {
  return useMutation({
    mutationFn: (ids: string[]) => api.post<ChangedImages>('/api/v1/images/restoration', { ids }, { team }),
    meta: {
      invalidates: [imageQueries.all(team), galleryKey(team), teamKey('generations', team)],
    },
  })
}

/** `id`: ours, or upstream's number. */
export const getImage = (team: string, id: string) => api.get<Image>(`/api/v1/images/${id}`, { team })
