import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query'
import {
  cancelImageRefetches,
  changeLoadedImages,
  imageQueries,
  markImages,
  type Marking,
} from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'
import { renewQueries } from '@/lib/platform/query-client'

const keyOf = (team: string) => ['favourites', team] as const

/** Shows an image as it is being marked: what is read of it meanwhile may be from before. */
export function usePendingMarks(team: string): (image: Image) => Image {
  const pending = useMutationState({
    filters: { mutationKey: keyOf(team), status: 'pending' },
    select: ({ state }) => state.variables as Marking, // of the only mutation with that key
  })
  return (image) => {
    const last = pending.findLast(({ ids }) => ids.includes(image.id))
    return last && last.favourite !== image.favourite ? { ...image, favourite: last.favourite } : image
  }
}

/**
 * Marks images for the team, one press after the other; shown at once wherever they are on the screen, taken back when
 * the server says no.
 */
export function useFavourites(team: string) {
  const client = useQueryClient()
  const mark = (ids: ReadonlySet<string>, favourite: boolean) => {
    const marked = new Set<string>()
    const change = (image: Image) => {
      if (!ids.has(image.id) || image.favourite === favourite) return image
      marked.add(image.id)
      return { ...image, favourite }
    }
    changeLoadedImages(client, team, change)
    // there already where a feed is on the screen
    void import('@/lib/generations/client').then(({ changeImagesOfFeed }) =>
      changeImagesOfFeed(client, team, change),
    )
    return marked
  }
  return useMutation({
    mutationKey: keyOf(team),
    mutationFn: (marking: Marking) => markImages(team, marking),
    scope: { id: `favourites ${team}` },
    onMutate: async ({ ids, favourite }) => {
      await cancelImageRefetches(client, team)
      return mark(new Set(ids), favourite)
    },
    onSuccess: ({ ids }, { favourite }) => void mark(new Set(ids), favourite),
    onError: (_error, { favourite }, marked) => marked && mark(marked, !favourite),
    onSettled: () => renewQueries(client, imageQueries.all(team)),
  })
}
