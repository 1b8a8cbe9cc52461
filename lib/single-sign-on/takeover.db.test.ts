import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as postAuth } from '@/app/api/auth/[...nextauth]/route'
import { POST as linkRoute } from '@/app/api/v1/me/linked-accounts/route'
import { startIdentityProviders, type IdentityProviders } from '@/e2e/support/identity-providers'
import {
  call,
  cookiesFrom,
  makePerson,
  makeTeam,
  ORIGIN,
  PASSWORD,
  signInAs,
  trySignIn,
} from '@/e2e/support/people'
import { comeBack, goThrough, hasSession, leaveFor, signInThere } from '@/e2e/support/single-sign-on'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

let providers: IdentityProviders
beforeAll(async () => {
  providers = await startIdentityProviders(ORIGIN)
  Object.assign(env(), providers.env)
})
afterAll(() => providers.stop())

const unique = (name: string) => `${name}-${crypto.randomUUID().slice(0, 8)}@onda.example`
const linkSeen = (cookie: string) => call(linkRoute, '/api/v1/me/linked-accounts', { method: 'POST', cookie })

/** Somebody with a password whose address is this one. */
async function makeOwnerOf(email: string) {
  const person = await makePerson()
  await db().user.update({ where: { id: person.id }, data: { email } })
  return { ...person, email }
}

describe('an address that has an account here', () => {
  test('is asked for its password, once, when the provider vouches for it', async () => {
    const person = await makeOwnerOf(unique('minji'))
    const back = await goThrough({ provider: 'oidc', login: person.email, callbackUrl: '/t/x/gallery' })
    expect(back.path).toBe('/sign-in/link-account?next=%2Ft%2Fx%2Fgallery')
    expect(hasSession(back.answer)).toBe(false)
    const cookie = await signInAs(person, back.cookie)
    expect((await linkSeen(cookie)).status).toBe(204)
    const again = await goThrough({ provider: 'oidc', login: person.email })
    expect(hasSession(again.answer)).toBe(true)
  })

  test('is not linked by the password of somebody else', async () => {
    const person = await makeOwnerOf(unique('minji'))
    const other = await makePerson()
    const back = await goThrough({ provider: 'oidc', login: person.email })
    expect((await linkSeen(await signInAs(other, back.cookie))).status).toBe(404)
    expect((await linkSeen(await signInAs(person))).status).toBe(404) // in another browser
    expect(await db().account.count({ where: { userId: { in: [person.id, other.id] } } })).toBe(0)
  })

  test.each([
    ['oidc', 'unverified', ''],
    ['kakao', 'unverified', ''],
    ['github', 'unverified', ''],
    ['google', 'unverified', ''],
    ['google', 'somebody', '#outside'], // an address that is not Google's to give
    ['naver', 'somebody', ''], // a contact address, which anybody may set
  ] as const)('stays its owner’s when %s does not vouch for it (%s%s)', async (provider, name, mark) => {
    const person = await makeOwnerOf(unique(name))
    const back = await goThrough({ provider, login: `${person.email}${mark}` })
    expect([back.path, hasSession(back.answer)]).toEqual(['/sign-in/unknown', false])
    expect((await linkSeen(await signInAs(person, back.cookie))).status).toBe(404)
    expect(await db().account.count({ where: { userId: person.id } })).toBe(0)
  })
})

describe('the way back', () => {
  test.each([
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example/..//evil.example',
    'javascript:alert(1)',
    `${ORIGIN}@evil.example/`,
    '/api/auth/signout',
  ])('never leaves the studio: %s', async (callbackUrl) => {
    const { owner } = await makeTeam()
    const login = unique('minji')
    await db().account.create({
      data: { userId: owner.id, provider: 'oidc', providerAccountId: login },
    })
    const { answer } = await goThrough({ provider: 'oidc', login, callbackUrl })
    expect(hasSession(answer)).toBe(true)
    const location = new URL(answer.headers.get('location') ?? '')
    expect(location.origin).toBe(ORIGIN)
    expect(location.pathname).not.toMatch(/^\/(api|\/)/)
  })

  test('is STUDIO_URL’s address, whatever a request says', async () => {
    const left = await leaveFor({
      provider: 'oidc',
      query: '?redirect_uri=https://evil.example/cb&scope=everything&nonce=mine',
    })
    const asked = new URL(left.url).searchParams
    expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/api/auth/callback/oidc`)
    expect(asked.get('scope')).toBe('openid email profile')
    expect(asked.get('nonce')).not.toBe('mine')
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('state')).toMatch(/.{20}/)
  })

  test('cannot be posted from another site', async () => {
    const response = await call(postAuth, '/api/auth/callback/oidc?code=x&state=y', {
      method: 'POST',
      params: { nextauth: ['callback', 'oidc'] },
      headers: { origin: 'https://appleid.apple.com' },
      body: {},
    })
    expect(response.status).toBe(403)
  })

  test('does nothing without what this browser wanted', async () => {
    const { owner } = await makeTeam()
    const login = unique('minji')
    await db().account.create({ data: { userId: owner.id, provider: 'oidc', providerAccountId: login } })
    const left = await leaveFor({ provider: 'oidc' })
    const back = await signInThere(left.url, login)
    const without = left.cookie.split('; ').filter((pair) => !pair.startsWith('studio-sign-in-intent='))
    const { answer, path } = await comeBack(back, without.join('; '))
    expect([path, hasSession(answer)]).toEqual(['/sign-in?error=OAuthCallback', false])
  })

  test('counts once', async () => {
    const { owner } = await makeTeam()
    const login = unique('minji')
    await db().account.create({ data: { userId: owner.id, provider: 'oidc', providerAccountId: login } })
    const left = await leaveFor({ provider: 'oidc' })
    const back = await signInThere(left.url, login)
    expect(hasSession((await comeBack(back, left.cookie)).answer)).toBe(true)
    expect(hasSession((await comeBack(back, left.cookie)).answer)).toBe(false)
  })
})

describe('linking from the profile', () => {
  const link = async (cookie: string) =>
    leaveFor({ provider: 'google', cookie, purpose: 'link', callbackUrl: '/t/x/settings/profile' })

  test('is for who is signed in', async () => {
    await expect(link('')).rejects.toThrow('401')
  })

  test('is over when the session that asked has ended, or another took its place', async () => {
    const [first, second] = [await makeTeam(), await makeTeam()]
    const cookie = await signInAs(first.owner)
    const left = await link(cookie)
    const back = await signInThere(left.url, unique('minji'))
    const asSecond = cookiesFrom(
      await trySignIn({ email: second.owner.email, password: PASSWORD }, { cookie: left.cookie }),
      left.cookie,
    )
    for (const jar of [asSecond, left.cookie]) {
      const { path, answer } = await comeBack(back, jar)
      expect(path).toMatch(/error=OAuthCallback$/)
      expect(hasSession(answer)).toBe(false)
    }
    const people = [first.owner.id, second.owner.id]
    expect(await db().account.count({ where: { userId: { in: people } } })).toBe(0)
  })

  test('leaves the session as it is and signs nobody else in', async () => {
    const { owner } = await makeTeam()
    const left = await link(await signInAs(owner))
    const { answer, path } = await comeBack(await signInThere(left.url, unique('minji')), left.cookie)
    expect([path, hasSession(answer)]).toEqual(['/t/x/settings/profile?linked=yes', false])
    expect(await db().session.count({ where: { userId: owner.id, endedAt: null } })).toBe(1)
  })
})
