import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DELETE as unlinkRoute } from '@/app/api/v1/me/linked-accounts/[id]/route'
import { GET as listRoute, POST as linkRoute } from '@/app/api/v1/me/linked-accounts/route'
import { GET as getPolicy, PATCH as patchPolicy } from '@/app/api/v1/sign-in-policy/route'
import { startIdentityProviders, type IdentityProviders } from '@/e2e/support/identity-providers'
import {
  call,
  makeMember,
  makePerson,
  makeTeam,
  ORIGIN,
  PASSWORD,
  signInAs,
  trySignIn,
  type Person,
  type TestTeam,
} from '@/e2e/support/people'
import { goThrough } from '@/e2e/support/single-sign-on'
import { afterFirstFactor } from '@/lib/account/sign-in'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

let providers: IdentityProviders
beforeAll(async () => {
  providers = await startIdentityProviders(ORIGIN)
})
afterAll(() => providers.stop())

const unset = { ...env() }
const configure = () => Object.assign(env(), providers.env)
beforeAll(configure)
afterEach(configure)
/** The operator takes all the ways away. */
const unconfigure = () => {
  for (const name of Object.keys(providers.env)) Object.assign(env(), { [name]: undefined })
  Object.assign(env(), { STUDIO_URL: unset.STUDIO_URL })
}

const change = async (team: TestTeam, person: Pick<Person, 'email'>, body: object) =>
  call(patchPolicy, '/api/v1/sign-in-policy', {
    method: 'PATCH',
    cookie: await signInAs(person),
    team: team.slug,
    body,
  })

/** A member who has signed in by it, so that the team may rely on it. */
async function makeProven(team: TestTeam) {
  const member = await makeMember(team.id, 'member')
  const data = { userId: member.id, provider: 'oidc', providerAccountId: member.id }
  await db().account.create({ data })
  await goThrough({ provider: 'oidc', login: member.id })
  return member
}

describe('who joins and how', () => {
  test('is changed by the owner, seen by admins, and written down', async () => {
    const team = await makeTeam()
    const admin = await makeMember(team.id, 'admin')
    const body = { joinDomains: ['onda.example', 'onda.kr'], joinRole: 'viewer' }
    expect((await change(team, admin, body)).status).toBe(403)
    expect((await change(team, team.owner, body)).status).toBe(200)
    const seen = await call(getPolicy, '/', { cookie: await signInAs(admin), team: team.slug })
    expect(await seen.json()).toMatchObject({ ...body, requiresSingleSignOn: false, isProven: false })
    const written = await db().auditEntry.findFirst({ where: { teamId: team.id, act: 'sign-in.changed' } })
    expect(written).toMatchObject({
      actorId: team.owner.id,
      detail: { domains: 'onda.example, onda.kr', role: 'viewer', requiresSingleSignOn: false },
    })
  })

  test.each([
    { joinDomains: ['gmail.com'] },
    { joinDomains: ['NAVER.COM'] },
    { joinDomains: ['onda'] },
    { joinDomains: ['*.onda.kr'] },
    { joinDomains: [`${'a'.repeat(300)}.kr`] },
    { joinDomains: Array.from({ length: 21 }, (_, n) => `d${n}.kr`) },
    { joinRole: 'admin' },
    { joinRole: 'owner' },
    {},
  ])('is refused as %j', async (body) => {
    const team = await makeTeam()
    expect((await change(team, team.owner, body)).status).toBe(422)
  })
})

describe('without passwords', () => {
  test('is refused until somebody of the team has signed in by single sign-on', async () => {
    const team = await makeTeam()
    const elsewhere = await makeTeam()
    await makeProven(elsewhere)
    expect((await change(team, team.owner, { requiresSingleSignOn: true })).status).toBe(409)
    const member = await makeMember(team.id, 'member')
    const data = { userId: member.id, provider: 'oidc', providerAccountId: member.id }
    await db().account.create({ data })
    expect((await change(team, team.owner, { requiresSingleSignOn: true })).status).toBe(409) // linked, not used
    await goThrough({ provider: 'oidc', login: member.id })
    expect((await change(team, team.owner, { requiresSingleSignOn: true })).status).toBe(200)
  })

  test('members are told so with the right password only, and the owner still comes in', async () => {
    const team = await makeTeam()
    await makeProven(team)
    const member = await makeMember(team.id, 'admin')
    await change(team, team.owner, { requiresSingleSignOn: true })
    const right = await trySignIn({ email: member.email, password: PASSWORD })
    expect([right.status, (await right.json()).code]).toEqual([401, 'single_sign_on_required'])
    const wrong = await trySignIn({ email: member.email, password: 'not the password' })
    const nobody = await trySignIn({ email: 'nobody@example.test', password: 'not the password' })
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await nobody.text())
    expect((await trySignIn({ email: team.owner.email, password: PASSWORD })).status).toBe(200)
    expect(await db().session.count({ where: { userId: member.id } })).toBe(0)
  })

  test.each(['mail_link', 'passkey'] as const)(
    'members do not come in by another way either: %s',
    async (provenBy) => {
      const team = await makeTeam()
      const linked = await makeProven(team)
      const member = await makeMember(team.id, 'member')
      await change(team, team.owner, { requiresSingleSignOn: true })
      const enter = ({ id }: { id: string }) => afterFirstFactor(id, { headers: new Headers(), provenBy })
      expect((await enter(member)).state).toBe('single_sign_on_required')
      expect((await enter(linked)).state).toBe('single_sign_on_required')
      expect((await enter(team.owner)).state).toBe('signed_in')
    },
  )

  test('the password still proves who links an account that the provider vouches for', async () => {
    const team = await makeTeam()
    await makeProven(team)
    const member = await makeMember(team.id, 'member')
    await change(team, team.owner, { requiresSingleSignOn: true })
    const back = await goThrough({ provider: 'google', login: member.email })
    expect(back.path).toBe('/sign-in/link-account')
    const cookie = await signInAs(member, back.cookie)
    const linked = await call(linkRoute, '/', { method: 'POST', cookie })
    expect(linked.status).toBe(204)
    // the identity of one person does not open the way for another
    const other = await makeMember(team.id, 'member')
    const tried = await trySignIn({ email: other.email, password: PASSWORD }, { cookie: back.cookie })
    expect((await tried.json()).code).toBe('single_sign_on_required')
  })

  test('when the operator takes the providers away, passwords count again', async () => {
    const team = await makeTeam()
    await makeProven(team)
    const member = await makeMember(team.id, 'member')
    await change(team, team.owner, { requiresSingleSignOn: true })
    unconfigure()
    expect((await trySignIn({ email: member.email, password: PASSWORD })).status).toBe(200)
  })
})

describe('unlinking', () => {
  const linked = async (person: { id: string }, ...names: string[]) =>
    Promise.all(
      names.map(async (provider) => {
        const data = { userId: person.id, provider, providerAccountId: crypto.randomUUID() }
        return (await db().account.create({ data })).id
      }),
    )
  const unlink = (cookie: string, id: string) =>
    call(unlinkRoute, '/', { method: 'DELETE', cookie, params: { id } })

  test('takes an account away while the password remains, and the team’s log says so', async () => {
    const team = await makeTeam()
    const [id = ''] = await linked(team.owner, 'google')
    const cookie = await signInAs(team.owner)
    expect((await unlink(cookie, id)).status).toBe(204)
    expect(await (await call(listRoute, '/', { cookie })).json()).toEqual({ items: [], nextCursor: null })
    const written = await db().auditEntry.findFirst({ where: { teamId: team.id, act: 'account.unlinked' } })
    expect(written).toMatchObject({ actorId: team.owner.id, detail: { provider: 'google' } })
  })

  test('is refused for the last way in, also for two at once and for a way that is not configured', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    await db().user.update({ where: { id: team.owner.id }, data: { passwordHash: null } })
    const [one = '', two = ''] = await linked(team.owner, 'google', 'kakao')
    const answers = await Promise.all([unlink(cookie, one), unlink(cookie, two)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    const [left] = await db().account.findMany({ where: { userId: team.owner.id } })
    await linked(team.owner, 'retired')
    expect((await unlink(cookie, left?.id ?? '')).status).toBe(409)
  })

  test('a password that the team does not take is no way in', async () => {
    const team = await makeTeam()
    const member = await makeProven(team)
    const cookie = await signInAs(member)
    await change(team, team.owner, { requiresSingleSignOn: true })
    const { items } = await (await call(listRoute, '/', { cookie })).json()
    expect(items).toMatchObject([{ provider: 'oidc', name: 'Onda ID', canUnlink: false }])
    expect((await unlink(cookie, items[0].id)).status).toBe(409)
  })

  test('is one’s own business', async () => {
    const [person, other] = [await makePerson(), await makePerson()]
    const [id = ''] = await linked(person, 'google')
    expect((await unlink(await signInAs(other), id)).status).toBe(404)
  })
})
