import { route } from '@/lib/access/http'
import { getSandbox, resetSandbox, updateSandbox } from '@/lib/system/sandbox'
import { sandboxInput } from '@/lib/system/schema'

export const GET = route({ scope: 'manage' }, ({ actor }) => getSandbox(actor))
export const PATCH = route({ scope: 'manage', input: sandboxInput }, ({ actor, input }) =>
  updateSandbox(actor, input),
)
export const DELETE = route({ scope: 'manage' }, ({ actor }) => resetSandbox(actor))
