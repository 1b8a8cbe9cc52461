import { created, route } from '@/lib/access/http'
import { createStyleInput, listStylesQuery } from '@/lib/styles/schema'
import { createStyle, listStyles } from '@/lib/styles/server'

export const GET = route({ scope: 'read', query: listStylesQuery }, ({ actor, query }) =>
  listStyles(actor, { withHidden: query.hidden }),
)

export const POST = route({ scope: 'manage', input: createStyleInput }, async ({ actor, input }) => {
  const style = await createStyle(actor, input)
  return created(`/api/v1/styles/${style.id}`, style)
})
