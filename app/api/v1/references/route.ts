import { check, created, route } from '@/lib/access/http'
import { readJson } from '@/lib/platform/request-body'
import { listReferencesQuery, registerReferenceInput } from '@/lib/references/schema'
import { listReferences, registerReference, addReference } from '@/lib/references/server'

export const GET = route({ scope: 'read', query: listReferencesQuery }, ({ actor, query }) =>
  listReferences(actor, query),
)

/** A file comes as multipart and is streamed; a typed upstream path comes as JSON. */
export const POST = route({ scope: 'generate' }, async ({ actor, request }) => {
  const isFile = /^multipart\//i.test(request.headers.get('content-type') ?? '')
  const reference = isFile
    ? await addReference(actor, request)
    : await registerReference(actor, check(registerReferenceInput, await readJson(request)))
  return created(`/api/v1/references/${reference.id}`, reference)
})
