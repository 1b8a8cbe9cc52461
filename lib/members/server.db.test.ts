import { describe, expect, test } from 'vitest'
import { POST as createKeyRoute } from '@/app/api/v1/api-keys/route'
import { DELETE as removeRoute, PATCH as changeRoute } from '@/app/api/v1/members/[id]/route'
import { GET as listRoute } from '@/app/api/v1/members/route'
import { POST as transferRoute } from '@/app/api/v1/teams/[id]/transfer/route'
import { call, makeMember, makeTeam, signInAs, type TestTeam } from '@/e2e/support/people'
import type { Role } from '@/lib/access/roles'
import { db } from '@/lib/platform/db'

const change = (cookie: string, id: string, body: object) =>
  call(changeRoute, '/', { method: 'PATCH', cookie, params: { id }, body })
const remove = (cookie: string, id: string) =>
  call(removeRoute, '/', { method: 'DELETE', cookie, params: { id } })
const list = (cookie: string) => call(listRoute, '/', { cookie })
const roleOf = async (teamId: string, userId: string) =>
  (await db().membership.findUnique({ where: { teamId_userId: { teamId, userId } } }))?.role

async function member(team: TestTeam, role: Role) {
  const person = await makeMember(team.id, role)
  return { ...person, cookie: await signInAs(person) }
}

async function makeKey(cookie: string): Promise<string> {
  const made = await call(createKeyRoute, '/', { method: 'POST', cookie, body: { name: 'script' } })
  return (await made.json()).secret
}

describe('a member who is removed', () => {
  test('is a stranger on the next request, and so is their key', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const leaver = await member(team, 'member')
    const secret = await makeKey(leaver.cookie)
    expect((await call(listRoute, '/', { key: secret })).status).toBe(200)
    expect((await remove(owner, leaver.id)).status).toBe(204)
    expect((await list(leaver.cookie)).status).toBe(404)
    expect((await call(listRoute, '/', { key: secret })).status).toBe(401)
  })

  test('does not get the old key back by joining again', async () => {
    const team = await makeTeam()
    const leaver = await member(team, 'member')
    const secret = await makeKey(leaver.cookie)
    await remove(await signInAs(team.owner), leaver.id)
    await db().membership.create({ data: { teamId: team.id, userId: leaver.id, role: 'member' } })
    expect((await call(listRoute, '/', { key: secret })).status).toBe(401)
  })
})

describe('a member who is disabled', () => {
  test('is shut out with their keys until they are enabled again', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const paused = await member(team, 'member')
    const secret = await makeKey(paused.cookie)
    await change(owner, paused.id, { isDisabled: true })
    expect((await list(paused.cookie)).status).toBe(404)
    expect((await call(listRoute, '/', { key: secret })).status).toBe(401)
    await change(owner, paused.id, { isDisabled: false })
    expect((await list(paused.cookie)).status).toBe(200)
    expect((await call(listRoute, '/', { key: secret })).status).toBe(200)
  })
})

describe('roles', () => {
  test('an admin changes members and viewers, but neither makes nor touches admins and owners', async () => {
    const team = await makeTeam()
    const admin = await member(team, 'admin')
    const other = await member(team, 'admin')
    const viewer = await member(team, 'viewer')
    expect((await change(admin.cookie, viewer.id, { role: 'member' })).status).toBe(200)
    expect((await change(admin.cookie, viewer.id, { role: 'admin' })).status).toBe(403)
    expect((await change(admin.cookie, other.id, { role: 'member' })).status).toBe(403)
    expect((await remove(admin.cookie, other.id)).status).toBe(403)
    expect((await remove(admin.cookie, team.owner.id)).status).toBe(403)
  })

  test('nobody raises their own', async () => {
    const team = await makeTeam()
    for (const role of ['admin', 'member', 'viewer'] as const) {
      const person = await member(team, role)
      for (const wanted of ['owner', 'admin', 'member'])
        await change(person.cookie, person.id, { role: wanted })
      expect(await roleOf(team.id, person.id)).toBe(role)
    }
  })

  test('a changed role counts on the next request of a session and of a key', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const person = await member(team, 'member')
    const ask = () =>
      call(createKeyRoute, '/', { method: 'POST', cookie: person.cookie, body: { name: 'script' } })
    expect((await ask()).status).toBe(201)
    await change(owner, person.id, { role: 'viewer' })
    expect((await ask()).status).toBe(403)
  })
})

describe('the last owner', () => {
  test('can neither leave nor step down nor be disabled', async () => {
    const team = await makeTeam()
    const owner = await signInAs(team.owner)
    const answers = [
      await remove(owner, team.owner.id),
      await change(owner, team.owner.id, { role: 'admin' }),
      await change(owner, team.owner.id, { isDisabled: true }),
    ]
    for (const answer of answers)
      expect(await answer.json()).toMatchObject({ status: 409, code: 'last_owner' })
  })

  test('stays when two owners leave at the same moment', async () => {
    const team = await makeTeam()
    const second = await member(team, 'owner')
    const owner = await signInAs(team.owner)
    const answers = await Promise.all([remove(owner, team.owner.id), remove(second.cookie, second.id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await db().membership.count({ where: { teamId: team.id, role: 'owner' } })).toBe(1)
  })

  test('does not demote each other into a team without one', async () => {
    const team = await makeTeam()
    const second = await member(team, 'owner')
    const owner = await signInAs(team.owner)
    await Promise.all([
      change(owner, second.id, { role: 'member' }),
      change(second.cookie, team.owner.id, { role: 'member' }),
    ])
    expect(await db().membership.count({ where: { teamId: team.id, role: 'owner' } })).toBe(1)
  })

  test('hands the team over and becomes admin', async () => {
    const team = await makeTeam()
    const heir = await member(team, 'member')
    const transfer = (cookie: string, userId: string) =>
      call(transferRoute, '/', { method: 'POST', cookie, params: { id: team.id }, body: { userId } })
    expect((await transfer(heir.cookie, heir.id)).status).toBe(403)
    expect((await transfer(await signInAs(team.owner), heir.id)).status).toBe(204)
    expect([await roleOf(team.id, heir.id), await roleOf(team.id, team.owner.id)]).toEqual(['owner', 'admin'])
  })
})

test('anybody may leave by themselves', async () => {
  const team = await makeTeam()
  const viewer = await member(team, 'viewer')
  expect((await remove(viewer.cookie, viewer.id)).status).toBe(204)
  expect(await roleOf(team.id, viewer.id)).toBe(undefined)
})

test("members see each other's names, e-mail addresses only those who manage them", async () => {
  const team = await makeTeam()
  const viewer = await member(team, 'viewer')
  const { items } = await (await list(viewer.cookie)).json()
  const emails = items.map((item: { email: string | null }) => item.email).filter(Boolean)
  expect(emails).toEqual([viewer.email])
})

test('every change of the members is written down with who made it', async () => {
  const team = await makeTeam()
  const person = await member(team, 'member')
  const owner = await signInAs(team.owner)
  await change(owner, person.id, { role: 'viewer' })
  await remove(owner, person.id)
  const entries = await db().auditEntry.findMany({
    where: { teamId: team.id, subject: person.id, act: { startsWith: 'member.' } },
    orderBy: { id: 'asc' },
  })
  expect(entries.map(({ act, actorId }) => [act, actorId])).toEqual([
    ['member.changed', team.owner.id],
    ['member.removed', team.owner.id],
  ])
})
