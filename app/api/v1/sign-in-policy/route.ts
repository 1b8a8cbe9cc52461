import { route } from '@/lib/access/http'
import { updateSignInPolicyInput } from '@/lib/single-sign-on/schema'
import { getSignInPolicy, updateSignInPolicy } from '@/lib/single-sign-on/server'

export const GET = route({ scope: 'manage' }, ({ actor }) => getSignInPolicy(actor))
export const PATCH = route({ scope: 'manage', input: updateSignInPolicyInput }, ({ actor, input }) =>
  updateSignInPolicy(actor, input),
)
