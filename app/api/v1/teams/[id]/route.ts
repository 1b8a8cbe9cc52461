import { teamRoute } from '@/lib/access/http'
import { deleteTeamQuery, updateTeamInput } from '@/lib/teams/schema'
import { deleteTeam, getTeam, updateTeam } from '@/lib/teams/server'

export const GET = teamRoute({ scope: 'read' }, ({ actor }) => getTeam(actor))
export const PATCH = teamRoute({ scope: 'manage', input: updateTeamInput }, ({ actor, input }) =>
  updateTeam(actor, input),
)
export const DELETE = teamRoute({ scope: 'manage', query: deleteTeamQuery }, ({ actor, query }) =>
  deleteTeam(actor, query),
)
