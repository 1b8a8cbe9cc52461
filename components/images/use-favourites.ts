import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  cancelImageRefetches,
  changeLoadedImages,
  imageQueries,
  markImages,
  type Marking,
} from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'
import { renewQueries } from '@/lib/platform/query-client'

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
    mutationFn: (marking: Marking) => markImages(team, marking),
    scope: { id: `favourites ${team}` },
    onMutate: async ({ ids, favourite }) => {
      await cancelImageRefetches(client, team)
      return mark(new Set(ids), favourite)
    },
    onError: (_error, { favourite }, marked) => marked && mark(marked, !favourite),
    onSettled: () => renewQueries(client, imageQueries.all(team)),
  })
}
