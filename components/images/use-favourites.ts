import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query'
import { changeLoadedImages, imageQueries, markImages, type Marking } from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'
import { renewQueries } from '@/lib/platform/query-client'

const keyOf = (team: string) => ['favourites', team] as const

/** Shows an image as it is being marked, whatever is read of it meanwhile. */
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
 * Marks images for the team, one press after the other. Until the server has answered, `usePendingMarks` shows the last press; what is
 * loaded changes once it has said yes.
 */
export function useFavourites(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: keyOf(team),
    mutationFn: (marking: Marking) => markImages(team, marking),
    scope: { id: `favourites ${team}` },
    onSuccess: async (_answer, { ids, favourite }) => {
      const change = (image: Image) => (ids.includes(image.id) ? { ...image, favourite } : image)
      changeLoadedImages(client, team, change)
      // one that is not held belongs into it now; asked for when it is looked at again
      const ofFavourites = imageQueries.gallery(team, { favourite: 'true' })
      void client.invalidateQueries({ queryKey: ofFavourites.queryKey, refetchType: 'none' })
      // there already where a feed is on the screen
      const generations = await import('@/lib/generations/client').catch(() => undefined)
      generations?.changeImagesOfFeed(client, team, change)
    },
    onSettled: () => void renewQueries(client, imageQueries.all(team)),
  })
}
