import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from '@/lib/api-client'
import type { Reference, ReferenceList } from '@/lib/references/schema'

export const referenceQueries = {
  all: (team: string) => ['references', team] as const,
  /** The team's latest references, and whether files can be brought to this upstream at all. */
  recent: (team: string) =>
    queryOptions({
      queryKey: [...referenceQueries.all(team), 'recent'],
      queryFn: ({ signal }) => api.get<ReferenceList>('/api/v1/references', { team, signal }),
    }),
}

/** Keeps a file, or a typed upstream path. The server's answer names what is wrong with a file in `errors[0].code`. */
export function useAddReference(team: string) {
  return useMutation({
    mutationFn: (given: File | string) => {
      if (typeof given === 'string')
        return api.post<Reference>('/api/v1/references', { path: given }, { team })
      const form = new FormData()
      form.set('file', given)
      return api.post<Reference>('/api/v1/references', form, { team })
    },
    meta: { invalidates: [referenceQueries.all(team)] },
  })
}
