import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/api-client'
import type { Reference, ReferenceList } from '@/lib/references/schema'

export const referenceQueries = {
  /** The team's references, newest first, and whether this upstream takes files. */
  list: (team: string) =>
    queryOptions({
      queryKey: ['references', team],
      queryFn: ({ signal }) => api.get<ReferenceList>('/api/v1/references?limit=60', { team, signal }),
    }),
}

/** Uploads a picture. What is wrong with a file is `errors[0].code` of the `ApiError` (`UploadProblem`). */
export function uploadReference(team: string, file: File): Promise<Reference> {
  const form = new FormData()
  form.set('file', file)
  return api.post<Reference>('/api/v1/references', form, { team })
}

/** Registers a path that Flamel knows. */
export function registerReference(team: string, path: string): Promise<Reference> {
  return api.post<Reference>('/api/v1/references', { path }, { team })
}
