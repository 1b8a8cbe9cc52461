import { created, route } from '@/lib/access/http'
import { createShareLinkInput, listShareLinksQuery } from '@/lib/share-links/schema'
import { createShareLink, listShareLinks } from '@/lib/share-links/server'

export const GET = route({ scope: 'read', query: listShareLinksQuery }, ({ actor, query }) =>
  listShareLinks(actor, query),
)

export const POST = route({ scope: 'generate', input: createShareLinkInput }, async ({ actor, input }) => {
  const link = await createShareLink(actor, input)
  return created(`/api/v1/share-links/${link.id}`, link)
})
