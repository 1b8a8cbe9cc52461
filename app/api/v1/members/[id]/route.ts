import { idIn, route } from '@/lib/access/http'
import { removeMember } from '@/lib/members/leaving'
import { removeMemberQuery, updateMemberInput } from '@/lib/members/schema'
import { updateMember } from '@/lib/members/server'

export const PATCH = route({ scope: 'manage', input: updateMemberInput }, ({ actor, params, input }) =>
  updateMember(actor, idIn(params), input),
)
/** Anybody may leave; taking somebody else out is checked by the domain. */
export const DELETE = route({ scope: 'read', query: removeMemberQuery }, ({ actor, params, query }) =>
  removeMember(actor, idIn(params), query),
)
