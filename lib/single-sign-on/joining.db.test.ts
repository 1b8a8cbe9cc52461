import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as getMe } from '@/app/api/v1/me/route'
import { POST as invite } from '@/app/api/v1/invitations/route'
import { DELETE as removeMember } from '@/app/api/v1/members/[id]/route'
import { startIdentityProviders, type IdentityProviders } from '@/e2e/support/identity-providers'
import { call, makePerson, makeTeam, ORIGIN, signInAs, type TestTeam } from '@/e2e/support/people'
import { goThrough, hasSession } from '@/e2e/support/single-sign-on'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

let providers: IdentityProviders
beforeAll(async () => {
  providers = await startIdentityProviders(ORIGIN)
  Object.assign(env(), providers.env)
})
afterAll(() => providers.stop())

const id = () => crypto.randomUUID().slice(0, 8)
const unique = (name: string) => `${name}-${id()}@onda.example`

async function inviteTo(team: TestTeam, role = 'member'): Promise<string> {
  const cookie = await signInAs(team.owner)
  const answer = await call(invite, '/api/v1/invitations', {
    method: 'POST',
    cookie,
    team: team.slug,
    body: { role },
  })
  return (await answer.json()).path
}

const membersOf = (teamId: string) =>
  db().membership.findMany({ where: { teamId, role: { not: 'owner' } }, include: { user: true } })

describe('by invitation', () => {
  test.each(['oidc', 'google', 'kakao', 'naver', 'github'] as const)(
    '%s makes an account that joins at once, with the role that was given',
    async (provider) => {
      const team = await makeTeam()
      const login = unique('minji')
      const { path, answer, cookie } = await goThrough({
        provider,
        login,
        callbackUrl: await inviteTo(team, 'viewer'),
      })
      expect([path, hasSession(answer)]).toEqual([`/t/${team.slug}/create`, true])
      const me = await (await call(getMe, '/api/v1/me', { cookie })).json()
      expect(me).toMatchObject({ email: login, teams: [{ id: team.id, role: 'viewer' }] })
      const acts = await db().auditEntry.findMany({ where: { teamId: team.id, actorId: me.id } })
      expect(acts.map(({ act }) => act).sort()).toEqual([
        'account.linked',
        'invitation.accepted',
        'person.signed_in',
      ])
    },
  )

  test('a used, withdrawn or invented one makes nobody', async () => {
    const team = await makeTeam()
    const used = await inviteTo(team)
    await goThrough({ provider: 'oidc', login: unique('first'), callbackUrl: used })
    const withdrawn = await inviteTo(team)
    await db().invitation.updateMany({
      where: { teamId: team.id, acceptedAt: null },
      data: { revokedAt: new Date() },
    })
    for (const callbackUrl of [used, withdrawn, `/invite/${'x'.repeat(43)}`]) {
      const login = unique('second')
      const { path, answer } = await goThrough({ provider: 'oidc', login, callbackUrl })
      expect([path, hasSession(answer)]).toEqual([callbackUrl, false])
      expect(await db().user.count({ where: { email: login } })).toBe(0)
    }
  })

  test('of two at once with one invitation one joins, and nothing is left of the other', async () => {
    const team = await makeTeam()
    const callbackUrl = await inviteTo(team)
    const logins = [unique('one'), unique('two'), unique('three')]
    const came = await Promise.all(logins.map((login) => goThrough({ provider: 'oidc', login, callbackUrl })))
    expect(came.filter(({ answer }) => hasSession(answer))).toHaveLength(1)
    expect(await membersOf(team.id)).toHaveLength(1)
    expect(await db().user.count({ where: { email: { in: logins } } })).toBe(1)
  })

  test('who has an account already keeps it', async () => {
    const team = await makeTeam()
    const callbackUrl = await inviteTo(team)
    const person = await makePerson()
    const verified = await goThrough({ provider: 'oidc', login: person.email, callbackUrl })
    expect(verified.path).toBe(`/sign-in/link-account?next=${encodeURIComponent(callbackUrl)}`)
    const unverified = await goThrough({ provider: 'naver', login: person.email, callbackUrl })
    expect(unverified.path).toBe(`${callbackUrl}?problem=taken`)
    const nameless = await goThrough({ provider: 'kakao', login: unique('no-email'), callbackUrl })
    expect(nameless.path).toBe(`${callbackUrl}?problem=no_email`)
    expect(await membersOf(team.id)).toEqual([])
  })
})

describe('by the domain of an address', () => {
  async function makeOpenTeam(joinRole: 'member' | 'viewer' = 'viewer') {
    const team = await makeTeam()
    const domain = `${id()}.onda.example`
    await db().team.update({ where: { id: team.id }, data: { joinDomains: [domain], joinRole } })
    return { team, domain }
  }

  test('somebody new joins with the role of the policy, and the log says so', async () => {
    const { team, domain } = await makeOpenTeam()
    const login = `minji@${domain}`
    const { path, answer } = await goThrough({
      provider: 'google',
      login,
      callbackUrl: `/t/${team.slug}/gallery`,
    })
    expect([path, hasSession(answer)]).toEqual([`/t/${team.slug}/gallery`, true])
    const [member] = await membersOf(team.id)
    expect(member).toMatchObject({ role: 'viewer', user: { email: login, passwordHash: null } })
    const joined = await db().auditEntry.findFirst({ where: { teamId: team.id, act: 'member.joined' } })
    expect(joined).toMatchObject({ subject: member?.userId, detail: { role: 'viewer', domain } })
  })

  test.each([
    ['oidc', (domain: string) => `unverified@${domain}`],
    ['naver', (domain: string) => `minji@${domain}`],
    ['google', (domain: string) => `minji@${domain}#outside`],
    ['google', (domain: string) => `minji@sub.${domain}`],
    ['google', (domain: string) => `minji@x${domain}`],
    ['google', (domain: string) => `${domain}@evil.example`],
  ] as const)('%s lets nobody in whose address is not proven to be there', async (provider, loginAt) => {
    const { team, domain } = await makeOpenTeam()
    const { path, answer } = await goThrough({ provider, login: loginAt(domain) })
    expect([path, hasSession(answer)]).toEqual(['/sign-in/unknown', false])
    expect(await membersOf(team.id)).toEqual([])
  })

  test('who was removed does not come back by it', async () => {
    const { team, domain } = await makeOpenTeam()
    const login = `minji@${domain}`
    await goThrough({ provider: 'google', login })
    const [member] = await membersOf(team.id)
    const removed = await call(removeMember, '/', {
      method: 'DELETE',
      cookie: await signInAs(team.owner),
      team: team.slug,
      params: { id: member?.userId ?? '' },
    })
    expect(removed.status).toBe(204)
    await goThrough({ provider: 'google', login })
    await goThrough({ provider: 'oidc', login })
    expect(await membersOf(team.id)).toEqual([])
  })

  test('a deleted team takes nobody', async () => {
    const { team, domain } = await makeOpenTeam()
    await db().team.update({ where: { id: team.id }, data: { deletedAt: new Date() } })
    expect((await goThrough({ provider: 'google', login: `minji@${domain}` })).path).toBe('/sign-in/unknown')
  })
})
