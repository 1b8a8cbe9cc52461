import { useMutation, useQueryClient } from '@tanstack/react-query'
import { renewQueries } from '@/lib/platform/query-client'
import {
  importStyles,
  markStyle,
  saveStyle,
  setThumbnail,
  type Marking,
  type Saving,
  type Thumbnail,
} from '@/lib/styles/changes-client'
import { styleQueries } from '@/lib/styles/client'
import type { ImportStylesInput, StyleList } from '@/lib/styles/schema'

/** Marks or unmarks a style as the person's own, one press after the other; shown at once, taken back when the server says no. */
export function useStyleFavourite(team: string) {
  const client = useQueryClient()
  const key = styleQueries.all(team)
  const mutationKey = ['favourite styles', team]
  const show = (marking: Marking) =>
    client.setQueriesData<StyleList>({ queryKey: key }, (list) => list && mark(list, marking))
  return useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    mutationFn: (marking: Marking) => markStyle(team, marking),
    onMutate: async (marking) => {
      await client.cancelQueries({ queryKey: key, predicate: ({ state }) => state.data !== undefined })
      show(marking)
    },
    onError: (_error, { id, favourite }) => void show({ id, favourite: !favourite }),
    onSettled: () => {
      // what was on its way before was let go of; what is read before the last is saved would take it back
      if (client.isMutating({ mutationKey }) === 1) return renewQueries(client, key)
    },
  })
}

/** Adds a style, or changes one by id. */
export function useSaveStyle(team: string) {
  return useMutation({
    mutationFn: (saving: Saving) => saveStyle(team, saving),
    meta: { invalidates: [styleQueries.all(team)] },
  })
}

/** Makes an image of the team the style's thumbnail; `imageId: null` takes the own one away. */
export function useStyleThumbnail(team: string) {
  return useMutation({
    mutationFn: (thumbnail: Thumbnail) => setThumbnail(team, thumbnail),
    meta: { invalidates: [styleQueries.all(team)] },
  })
}

/** Shows what a file would do, or does it. */
export function useImportStyles(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ImportStylesInput) => importStyles(team, input),
    onSuccess: async (report) => {
      if (report.applied) await client.invalidateQueries({ queryKey: styleQueries.all(team) })
    },
  })
}

const mark = (list: StyleList, { id, favourite }: Marking): StyleList => ({
  ...list,
  items: list.items.map((style) => (style.id === id ? { ...style, favourite } : style)),
})
