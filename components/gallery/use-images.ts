import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { usePendingMarks } from '@/components/images/use-favourites'
import { useStableList } from '@/components/ui/use-stable-list'
import { imageQueries } from '@/lib/images/client'
import { writeFilters } from '@/lib/images/filters'
import { withHead, type Pages } from '@/lib/images/pages'
import type { ImageFilters } from '@/lib/images/schema'
import { changeQueries } from '@/lib/platform/query-client'

/** What is shown until the images of other filters have come. */
const PREVIOUS_LIST = 'previous'

/** The gallery's images as far as they are loaded, with what changes at the head brought in while one looks. */
export function useImages(team: string, filters: ImageFilters) {
  const client = useQueryClient()
  const gallery = imageQueries.gallery(team, filters)
  const query = useInfiniteQuery(gallery)
  const {
    data: head,
    dataUpdatedAt,
    isFetchedAfterMount,
    isError,
  } = useQuery({
    ...imageQueries.head(team, filters),
    enabled: !query.isPending,
    initialData: () => client.getQueryData(gallery.queryKey)?.pages[0],
    initialDataUpdatedAt: () => client.getQueryState(gallery.queryKey)?.dataUpdatedAt,
  })
  const { queryKey } = gallery
  useEffect(() => {
    const isNews = isFetchedAfterMount && !isError
    if (head && isNews) changeQueries<Pages>(client, queryKey, (data) => withHead(data, head))
    // once for each answer; the key is made anew with each render, and what it says is in the filters
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, head, dataUpdatedAt, isFetchedAfterMount, isError])
  const marked = usePendingMarks(team)
  const loaded = query.data?.pages.flatMap((page) => page.items.map(marked)) ?? []
  const list = query.isPlaceholderData ? PREVIOUS_LIST : writeFilters(filters)
  return { ...query, images: useStableList(loaded, { list }) }
}
