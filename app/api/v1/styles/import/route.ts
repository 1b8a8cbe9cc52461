import { route } from '@/lib/access/http'
import { importStyles } from '@/lib/styles/import'
import { importStylesInput } from '@/lib/styles/schema'

/** A file of 1 MB grows when it is written as a JSON string. */
const MAX_BYTES = 2_500_000

export const POST = route(
  { scope: 'manage', input: importStylesInput, maxBytes: MAX_BYTES },
  ({ actor, input }) => importStyles(actor, input),
)
