import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/lib/platform/api-client'
import { renewQueries } from '@/lib/platform/query-client'
import { styleQueries } from '@/lib/styles/client'
import type { ImportReport, ImportStylesInput, Style, StyleList, UpdateStyleInput } from '@/lib/styles/schema'

/** Marks or unmarks a style as the person's own, one press after the other; shown at once, taken back when the server says no. */
export function useStyleFavourite(team: string) {
  const client = useQueryClient()
  const key = styleQueries.all(team)
  const mutationKey = ['favourite styles', team]
  const show = (marking: { id: string; favourite: boolean }) =>
    client.setQueriesData<StyleList>({ queryKey: key }, (list) => list && mark(list, marking))
  return useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    mutationFn: ({ id, favourite }: { id: string; favourite: boolean }) => {
      const path = `/api/v1/styles/${id}/favourite`
      return favourite ? api.post<Style>(path, undefined, { team }) : api.delete<Style>(path, { team })
    },
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
    mutationFn: ({ id, ...fields }: { id?: string; styleId?: number } & UpdateStyleInput) =>
      id
        ? api.patch<Style>(`/api/v1/styles/${id}`, fields, { team })
        : api.post<Style>('/api/v1/styles', fields, { team }),
    meta: { invalidates: [styleQueries.all(team)] },
  })
}

/** Makes an image of the team the style's face; `imageId: null` takes the own face away. */
export function useStyleThumbnail(team: string) {
  return useMutation({
    mutationFn: ({ id, imageId }: { id: string; imageId: string | null }) => {
      const path = `/api/v1/styles/${id}/thumbnail`
      return imageId ? api.post<Style>(path, { imageId }, { team }) : api.delete<Style>(path, { team })
    },
    meta: { invalidates: [styleQueries.all(team)] },
  })
}

/** Shows what a file would do, or does it. */
export function useImportStyles(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ImportStylesInput) =>
      api.post<ImportReport>('/api/v1/styles/import', input, { team }),
    onSuccess: async (report) => {
      if (report.applied) await client.invalidateQueries({ queryKey: styleQueries.all(team) })
    },
  })
}

const mark = (list: StyleList, { id, favourite }: { id: string; favourite: boolean }): StyleList => ({
  ...list,
  items: list.items.map((style) => (style.id === id ? { ...style, favourite } : style)),
})
