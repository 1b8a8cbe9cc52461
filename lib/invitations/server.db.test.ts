import { describe, expect, test } from 'vitest'
import { GET as linkRoute } from '@/app/api/v1/invitations/[id]/link/route'
import { DELETE as withdrawRoute } from '@/app/api/v1/invitations/[id]/route'
import { POST as acceptRoute } from '@/app/api/v1/invitations/acceptance/route'
import { GET as listRoute, POST as inviteRoute } from '@/app/api/v1/invitations/route'
import { DELETE as removeRoute } from '@/app/api/v1/members/[id]/route'
import { GET as membersRoute } from '@/app/api/v1/members/route'
import { call, makeMember, makePerson, makeTeam, PASSWORD, signInAs, trySignIn } from '@/e2e/support/people'
import { findInvitation } from '@/lib/invitations/server'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'

async function invite(cookie: string, role = 'member') {
  const response = await call(inviteRoute, '/api/v1/invitations', { method: 'POST', cookie, body: { role } })
  const { id, path } = await response.json()
  return { status: response.status, id, path, token: String(path).split('/').at(-1) ?? '' }
}

const accept = (token: string, options: { cookie?: string; account?: object } = {}) =>
  call(acceptRoute, '/api/v1/invitations/acceptance', {
    method: 'POST',
    cookie: options.cookie,
    body: { token, account: options.account },
  })

const account = () => ({
  name: 'Harin',
  email: `harin-${crypto.randomUUID()}@example.test`,
  password: PASSWORD,
  locale: 'ko',
})

async function setUpTeam() {
  const team = await makeTeam()
  return { ...team, cookie: await signInAs(team.owner) }
}

describe('an invitation', () => {
  test('lets a new person in with the role it was made for', async () => {
    const team = await setUpTeam()
    const { token } = await invite(team.cookie)
    const person = account()
    const accepted = await accept(token, { account: person })
    expect(await accepted.json()).toEqual({ team: { slug: team.slug } })
    expect((await trySignIn(person)).status).toBe(200)
    const membership = await db().membership.findFirstOrThrow({ where: { user: { email: person.email } } })
    expect(membership).toMatchObject({ teamId: team.id, role: 'member' })
  })

  test('lets somebody with an account join a second team', async () => {
    const [first, second] = [await setUpTeam(), await setUpTeam()]
    const { token } = await invite(second.cookie, 'viewer')
    expect((await accept(token, { cookie: first.cookie })).status).toBe(200)
    const members = await call(membersRoute, '/api/v1/members', { cookie: first.cookie, team: second.slug })
    expect(members.status).toBe(200)
  })

  test('is used up by the first who takes it', async () => {
    const team = await setUpTeam()
    const { token } = await invite(team.cookie)
    await accept(token, { account: account() })
    const again = await accept(token, { account: account() })
    expect(again.status).toBe(410)
    expect(await again.json()).toMatchObject({ code: 'invitation_invalid' })
  })

  test('goes to exactly one of ten who take it at once, and leaves no stray account', async () => {
    const team = await setUpTeam()
    const { token } = await invite(team.cookie)
    const people = Array.from({ length: 10 }, account)
    const answers = await Promise.all(people.map((person) => accept(token, { account: person })))
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    const made = await db().user.count({ where: { email: { in: people.map(({ email }) => email) } } })
    expect(made).toBe(1)
  })

  test('stops when it is withdrawn, when seven days are over, and with its team', async () => {
    const team = await setUpTeam()
    const [withdrawn, old, orphan] = [
      await invite(team.cookie),
      await invite(team.cookie),
      await invite(team.cookie),
    ]
    const answer = await call(withdrawRoute, '/', {
      method: 'DELETE',
      cookie: team.cookie,
      params: { id: withdrawn.id },
    })
    expect(answer.status).toBe(204)
    const { createdAt, expiresAt } = await db().invitation.findUniqueOrThrow({ where: { id: old.id } })
    expect((expiresAt.getTime() - createdAt.getTime()) / DAY_MS).toBeCloseTo(7, 3)
    await db().invitation.update({ where: { id: old.id }, data: { expiresAt: new Date() } })
    expect((await accept(withdrawn.token, { account: account() })).status).toBe(410)
    expect((await accept(old.token, { account: account() })).status).toBe(410)
    await db().team.update({ where: { id: team.id }, data: { deletedAt: new Date() } })
    expect((await accept(orphan.token, { account: account() })).status).toBe(410)
  })

  test('never changes the role of somebody who is a member, and is not used up by trying', async () => {
    const team = await setUpTeam()
    const viewer = await makeMember(team.id, 'viewer')
    const { token } = await invite(team.cookie, 'admin')
    expect((await accept(token, { cookie: await signInAs(viewer) })).status).toBe(409)
    const { role } = await db().membership.findFirstOrThrow({ where: { userId: viewer.id } })
    expect(role).toBe('viewer')
    expect(await findInvitation(token)).not.toBe(null)
  })

  test('does not take over an account that has the e-mail already', async () => {
    const team = await setUpTeam()
    const { email } = await makePerson()
    const { token } = await invite(team.cookie)
    const answer = await accept(token, {
      account: { ...account(), email, password: 'another long password' },
    })
    expect(answer.status).toBe(409)
    expect((await trySignIn({ email, password: PASSWORD })).status).toBe(200)
    expect(await findInvitation(token)).not.toBe(null)
  })

  test('can be shown again to admins, and is kept only hashed and encrypted', async () => {
    const team = await setUpTeam()
    const { id, path, token } = await invite(team.cookie)
    const shown = await call(linkRoute, '/', { cookie: team.cookie, params: { id } })
    expect(await shown.json()).toEqual({ path })
    const row = await db().invitation.findUniqueOrThrow({ where: { id } })
    expect(Buffer.concat([row.tokenHash, row.tokenCipher]).includes(Buffer.from(token))).toBe(false)
    const list = await (await call(listRoute, '/', { cookie: team.cookie })).text()
    expect(list).not.toContain(token)
  })

  test('gives no role above those that its maker reaches', async () => {
    const team = await setUpTeam()
    const admin = await signInAs(await makeMember(team.id, 'admin'))
    expect((await invite(admin, 'member')).status).toBe(201)
    expect((await invite(admin, 'admin')).status).toBe(403)
    expect((await invite(team.cookie, 'owner')).status).toBe(422)
    const high = await invite(team.cookie, 'admin')
    expect((await call(linkRoute, '/', { cookie: admin, params: { id: high.id } })).status).toBe(403)
  })

  test('made by somebody who was removed since lets nobody in', async () => {
    const team = await setUpTeam()
    const admin = await makeMember(team.id, 'admin')
    const { token } = await invite(await signInAs(admin))
    await call(removeRoute, '/', { method: 'DELETE', cookie: team.cookie, params: { id: admin.id } })
    expect((await accept(token, { account: account() })).status).toBe(410)
  })

  test('is no way in without its token', async () => {
    expect((await accept('x'.repeat(43), { account: account() })).status).toBe(410)
    const team = await setUpTeam()
    const { token } = await invite(team.cookie)
    expect((await accept(token)).status).toBe(401)
  })
})
