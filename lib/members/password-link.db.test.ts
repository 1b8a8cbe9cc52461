import { describe, expect, test } from 'vitest'
import { POST as linkRoute } from '@/app/api/v1/members/[id]/password-link/route'
import { PATCH as changeRoute } from '@/app/api/v1/members/[id]/route'
import { POST as resetRoute } from '@/app/api/v1/password-resets/route'
import { call, makeMember, makeTeam, signInAs, trySignIn } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'

const NEW = 'a quite different sentence'
const make = (cookie: string, id: string, team?: string) =>
  call(linkRoute, '/', { method: 'POST', cookie, team, params: { id } })
const tokenOf = async (answer: Response) =>
  String((await answer.json()).path)
    .split('/')
    .at(-1) ?? ''
const reset = (token: string) => call(resetRoute, '/', { method: 'POST', body: { token, password: NEW } })

describe('a reset link made by an admin', () => {
  test('gives a member a new password, once, and is written down', async () => {
    const team = await makeTeam()
    const admin = await makeMember(team.id, 'admin')
    const member = await makeMember(team.id, 'member')
    const token = await tokenOf(await make(await signInAs(admin), member.id))
    expect((await reset(token)).status).toBe(204)
    expect((await reset(token)).status).toBe(410)
    expect((await trySignIn({ email: member.email, password: NEW })).status).toBe(200)
    const written = await db().auditEntry.findFirst({ where: { act: 'member.reset_link_created' } })
    expect(written).toMatchObject({ teamId: team.id, actorId: admin.id, subject: member.id })
  })

  test('is not made by or for whom the role does not reach', async () => {
    const team = await makeTeam()
    const [admin, other, member] = [
      await makeMember(team.id, 'admin'),
      await makeMember(team.id, 'admin'),
      await makeMember(team.id, 'member'),
    ]
    const cookie = await signInAs(admin)
    expect((await make(cookie, other.id)).status).toBe(403)
    expect((await make(cookie, team.owner.id)).status).toBe(403)
    expect((await make(cookie, admin.id)).status).toBe(403)
    expect((await make(await signInAs(member), admin.id)).status).toBe(403)
  })

  test('is no way into another team that the member is in', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const member = await makeMember(team.id, 'member')
    const cookie = await signInAs(team.owner)
    await db().membership.create({ data: { teamId: other.id, userId: member.id, role: 'owner' } })
    expect((await make(cookie, member.id, team.slug)).status).toBe(403)
    await db().membership.create({ data: { teamId: other.id, userId: team.owner.id, role: 'owner' } })
    expect((await make(cookie, member.id, team.slug)).status).toBe(200)
  })

  test('ends when its maker may not make it any more, and when the member joins a team beyond', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const admin = await makeMember(team.id, 'admin')
    const [one, two] = [await makeMember(team.id, 'member'), await makeMember(team.id, 'member')]
    const cookie = await signInAs(admin)
    const tokens = [await tokenOf(await make(cookie, one.id)), await tokenOf(await make(cookie, two.id))]
    await db().membership.create({ data: { teamId: other.id, userId: two.id, role: 'viewer' } })
    expect((await reset(tokens[1] ?? '')).status).toBe(410)
    const owner = await signInAs(team.owner)
    const body = { role: 'member' }
    await call(changeRoute, '/', { method: 'PATCH', cookie: owner, params: { id: admin.id }, body })
    expect((await reset(tokens[0] ?? '')).status).toBe(410)
  })

  test('is not made for a member who was deactivated', async () => {
    const team = await makeTeam()
    const member = await makeMember(team.id, 'member')
    const where = { teamId_userId: { teamId: team.id, userId: member.id } }
    await db().membership.update({ where, data: { disabledAt: new Date() } })
    expect((await make(await signInAs(team.owner), member.id)).status).toBe(409)
  })
})
