import { idIn, route } from '@/lib/access/http'
import { updateMemberInput } from '@/lib/members/schema'
import { removeMember, updateMember } from '@/lib/members/server'

export const PATCH = route({ scope: 'manage', input: updateMemberInput }, ({ actor, params, input }) =>
  updateMember(actor, idIn(params), input),
)
/** Anybody may leave; taking somebody else out is checked by the domain. */
export const DELETE = route({ scope: 'read' }, ({ actor, params }) => removeMember(actor, idIn(params)))
