import { teamRoute } from '@/lib/access/http'
import { transferTeam } from '@/lib/members/server'
import { transferInput } from '@/lib/teams/schema'

export const POST = teamRoute({ scope: 'manage', input: transferInput }, ({ actor, input }) =>
  transferTeam(actor, input.userId),
)
