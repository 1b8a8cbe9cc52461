import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as getMe } from '@/app/api/v1/me/route'
import { startIdentityProviders, type IdentityProviders } from '@/e2e/support/identity-providers'
import { codeAt, setUpApp } from '@/e2e/support/authenticator-app'
import { call, cookiesFrom, makeTeam, ORIGIN, signInAs, tryProvider } from '@/e2e/support/people'
import { refuseRows } from '@/e2e/support/refused-rows'
import { comeBack, goThrough, hasSession, leaveFor, signInThere } from '@/e2e/support/single-sign-on'
import { PROVIDER_IDS, type ProviderId } from '@/lib/account/identity'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

let providers: IdentityProviders
beforeAll(async () => {
  providers = await startIdentityProviders(ORIGIN)
  Object.assign(env(), providers.env)
})
afterAll(() => providers.stop())

const unique = (name: string) => `${name}-${crypto.randomUUID().slice(0, 8)}@onda.example`

/** A person of a team whose account at the provider, `login`, is linked. */
async function makeLinked(provider: ProviderId, login = unique('minji')) {
  const team = await makeTeam()
  const cookie = await signInAs(team.owner)
  const callbackUrl = `/t/${team.slug}/settings/profile`
  const { path } = await goThrough({ provider, login, cookie, purpose: 'link', callbackUrl })
  expect(path).toBe(`${callbackUrl}?linked=yes`)
  return { team, person: team.owner, login }
}

const whoIs = async (cookie: string) => (await call(getMe, '/api/v1/me', { cookie })).json()

describe.each(PROVIDER_IDS)('%s', (provider) => {
  test('signs in whose account is linked, with a Session row of its own', async () => {
    const { person, login, team } = await makeLinked(provider)
    const { answer, path, cookie } = await goThrough({
      provider,
      login,
      callbackUrl: `/t/${team.slug}/gallery`,
    })
    expect(path).toBe(`/t/${team.slug}/gallery`)
    expect(hasSession(answer)).toBe(true)
    expect(await whoIs(cookie)).toMatchObject({ id: person.id })
    await db().session.updateMany({ where: { userId: person.id }, data: { endedAt: new Date() } })
    expect((await call(getMe, '/api/v1/me', { cookie })).status).toBe(401)
  })

  test('lets nobody in whom the studio does not know', async () => {
    const before = await db().user.count()
    const { answer, path } = await goThrough({ provider, login: unique('stranger') })
    expect(path).toBe('/sign-in/unknown')
    expect(hasSession(answer)).toBe(false)
    expect(await db().user.count()).toBe(before)
  })

  test('says that nothing came of it when the person turns back', async () => {
    const { answer, path } = await goThrough({ provider, login: '' })
    expect(path).toMatch(/\/api\/auth\/error\?error=/)
    expect(hasSession(answer)).toBe(false)
  })

  test('another account of the same address is another person', async () => {
    const { login } = await makeLinked(provider)
    const { answer } = await goThrough({ provider, login: `${login}#2` })
    expect(hasSession(answer)).toBe(false)
  })

  test('a fault of the studio leads back to the form, and says nothing of itself', async () => {
    const { person, login } = await makeLinked(provider)
    await refuseRows('Session', `NEW."userId" = '${person.id}'`)
    const { answer, path } = await goThrough({ provider, login })
    expect(path).toBe('/sign-in?error=OAuthCallback')
    expect(hasSession(answer)).toBe(false)
  })

  test('is refused to a disabled person', async () => {
    const { person, login } = await makeLinked(provider)
    await db().user.update({ where: { id: person.id }, data: { disabledAt: new Date() } })
    const { answer, path } = await goThrough({ provider, login })
    expect([path, hasSession(answer)]).toEqual(['/sign-in/unknown', false])
  })

  test("what came for another browser's state is refused", async () => {
    const { login } = await makeLinked(provider)
    const attacker = await leaveFor({ provider })
    const back = await signInThere(attacker.url, login)
    const victim = await leaveFor({ provider })
    for (const cookie of [victim.cookie, '']) {
      const { answer, path } = await comeBack(back, cookie)
      expect(path).toMatch(/error\?error=OAuthCallback$/)
      expect(hasSession(answer)).toBe(false)
    }
  })
})

test('who has a second factor gives it after the provider, as after a password', async () => {
  const { person, login, team } = await makeLinked('oidc')
  const { secret } = await setUpApp(await signInAs(person))
  const callbackUrl = `/t/${team.slug}/gallery`
  const back = await goThrough({ provider: 'oidc', login, callbackUrl })
  expect(back.path).toBe(`/sign-in?next=${encodeURIComponent(callbackUrl)}&step=second-factor`)
  expect(hasSession(back.answer)).toBe(false)
  expect((await call(getMe, '/api/v1/me', { cookie: back.cookie })).status).toBe(401)
  const given = { code: codeAt(secret, Date.now()) }
  const whole = await tryProvider('second-factor', given, { cookie: back.cookie })
  expect(await whoIs(cookiesFrom(whole))).toMatchObject({ id: person.id })
})

test('an account that somebody else has linked is not taken from them', async () => {
  const { login, person } = await makeLinked('oidc')
  const other = await makeTeam()
  const callbackUrl = `/t/${other.slug}/settings/profile`
  const cookie = await signInAs(other.owner)
  const { path } = await goThrough({ provider: 'oidc', login, cookie, purpose: 'link', callbackUrl })
  expect(path).toBe(`${callbackUrl}?linked=taken`)
  const rows = await db().account.findMany({ where: { userId: { in: [person.id, other.owner.id] } } })
  expect(rows).toMatchObject([{ userId: person.id, email: login }])
})
