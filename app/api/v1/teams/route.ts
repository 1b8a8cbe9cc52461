import { created, personRoute } from '@/lib/access/http'
import { createTeamInput } from '@/lib/teams/schema'
import { addTeam, listTeamsOf } from '@/lib/teams/server'

export const GET = personRoute({}, async ({ session }) => ({
  items: await listTeamsOf(session.person.id),
  nextCursor: null,
}))

export const POST = personRoute({ input: createTeamInput }, async ({ session, input }) => {
  const team = await addTeam(session, input)
  return created(`/api/v1/teams/${team.id}`, team)
})
