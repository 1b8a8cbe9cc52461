import {
  queryOptions,
  useMutation,
  useMutationState,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { api, ApiError } from '@/lib/platform/api-client'
import { PAGE_MAX } from '@/lib/platform/page-sizes'
import { changeQueries } from '@/lib/platform/query-client'
import { teamKey } from '@/lib/platform/query-keys'
import { HEAD_BYTES, problemOfFile } from '@/lib/references/file-kind'
import type { Reference, ReferenceList } from '@/lib/references/schema'

export const referenceQueries = {
  all: (team: string) => teamKey('references', team),
  /** What was deleted within 30 days and the reader may restore. */
  trash: (team: string) =>
    queryOptions({
      queryKey: [...referenceQueries.all(team), 'trash'],
      queryFn: ({ signal }) =>
        api.get<ReferenceList>(`/api/v1/references?trash=true&limit=${PAGE_MAX}`, { team, signal }),
    }),
  /** The team's references, newest first, and whether this upstream takes files. */
  list: (team: string) =>
    queryOptions({
      queryKey: [...referenceQueries.all(team), 'list'],
      queryFn: ({ signal }) =>
        api.get<ReferenceList>(`/api/v1/references?limit=${PAGE_MAX}`, { team, signal }),
    }),
}

export function useRemoveReference(team: string) {
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/v1/references/${id}`, { team }),
    meta: { invalidates: [referenceQueries.all(team)] },
  })
}

export function useRestoreReference(team: string) {
  return useMutation({
    mutationFn: (id: string) =>
      api.post<Reference>(`/api/v1/references/${id}/restoration`, undefined, { team }),
    meta: { invalidates: [referenceQueries.all(team)] },
  })
}

const adding = (team: string) => [...referenceQueries.all(team), 'add']

/**
 * Brings in an image, or registers a path that Flamel knows. What is wrong with a file is `errors[0].code` of the
 * `ApiError` (`UploadProblem`), also when the browser sees it before sending.
 */
export function useAddReference(team: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: adding(team),
    mutationFn: (given: File | string) =>
      typeof given === 'string' ? registerReference(team, given) : uploadReference(team, given),
    onSuccess: (added) =>
      changeQueries<ReferenceList>(client, referenceQueries.list(team).queryKey, (list) => ({
        ...list,
        items: [added, ...list.items.filter(({ id }) => id !== added.id)],
      })),
    gcTime: 0, // a failure is forgotten with the page that showed it
    meta: { invalidates: [referenceQueries.list(team).queryKey] },
  })
}

/** How the latest attempt stands, wherever on the page it began. */
export function useAddingReference(team: string): { isPending: boolean; error: Error | null } {
  const states = useMutationState({ filters: { mutationKey: adding(team) }, select: ({ state }) => state })
  const latest = states.at(-1)
  return { isPending: latest?.status === 'pending', error: latest?.error ?? null }
}

/** A failure says nothing any more once something else is chosen. */
export function forgetFailedAttempts(client: QueryClient, team: string): void {
  const attempts = client.getMutationCache()
  for (const failed of attempts.findAll({ mutationKey: adding(team), status: 'error' }))
    attempts.remove(failed)
}

async function uploadReference(team: string, file: File): Promise<Reference> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const problem = problemOfFile({ size: file.size, head })
  if (problem) throw new ApiError(422, { errors: [{ path: 'file', code: problem, message: problem }] })
  const form = new FormData()
  form.set('file', file)
  return api.post<Reference>('/api/v1/references', form, { team })
}

function registerReference(team: string, path: string): Promise<Reference> {
  return api.post<Reference>('/api/v1/references', { path }, { team })
}
