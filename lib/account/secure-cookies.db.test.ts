import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { POST as unlockRoute } from '@/app/s/[token]/unlock/route'
import { call, cookiesFrom, makeTeam, PASSWORD, trySignIn } from '@/e2e/support/people'
import { hashPassword } from '@/lib/account/password'
import { decide } from '@/lib/images/bytes'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { newToken, seal, tokenHash } from '@/lib/platform/secret'

const before = { ...env() }
beforeEach(() => Object.assign(env(), { TRUST_PROXY: 'on' }))
afterEach(() => Object.assign(env(), { STUDIO_URL: undefined, ...before }))

const https = { 'x-forwarded-proto': 'https' }

async function signIn(headers: Record<string, string>) {
  const { owner } = await makeTeam()
  await db().user.update({ where: { id: owner.id }, data: { locale: 'ko', theme: 'dark' } })
  const answer = await trySignIn({ email: owner.email, password: PASSWORD }, { headers })
  expect(answer.status).toBe(200)
  return answer
}

describe('behind a trusted proxy', () => {
  test.each([undefined, 'http://studio.example'])(
    'all cookies of a sign-in over https are secure, with STUDIO_URL %s',
    async (STUDIO_URL) => {
      Object.assign(env(), { STUDIO_URL })
      const origin = STUDIO_URL ?? ''
      const answer = await signIn({ ...https, ...(origin && { origin, host: 'studio.example' }) })
      const cookies = answer.headers.getSetCookie()
      expect(cookies.length).toBeGreaterThanOrEqual(4)
      expect(cookies.filter((cookie) => !/; secure/i.test(cookie))).toEqual([])
      expect(cookies.some((cookie) => cookie.startsWith('__Secure-next-auth.session-token='))).toBe(true)
    },
  )

  test('the session counts over https alone, on routes and images', async () => {
    const cookie = cookiesFrom(await signIn(https))
    expect((await call(meRoute, '/', { cookie, headers: https })).status).toBe(200)
    expect((await call(meRoute, '/', { cookie })).status).toBe(401)
    const url = `/i/${crypto.randomUUID()}/thumb`
    expect(await decide({ method: 'GET', url, headers: { cookie, forwardedProto: 'https' } })).toMatchObject({
      status: 404,
    })
  })

  test('over http cookies are as they were: a secure one would never come back', async () => {
    const cookies = (await signIn({})).headers.getSetCookie()
    expect(cookies.filter((cookie) => /; secure/i.test(cookie))).toEqual([])
  })

  test("a link's password leaves a secure cookie", async () => {
    const { id: teamId, owner } = await makeTeam()
    const token = newToken()
    await db().shareLink.create({
      data: {
        teamId,
        makerId: owner.id,
        target: 'generation',
        targetId: crypto.randomUUID(),
        tokenHash: tokenHash(token),
        tokenCipher: seal('share-link', token),
        passwordHash: await hashPassword('persimmon'),
      },
    })
    const unlock = (headers: Record<string, string>) =>
      unlockRoute(
        new Request('http://127.0.0.1:3000/', {
          method: 'POST',
          headers,
          body: new URLSearchParams({ password: 'persimmon' }),
        }),
        { params: Promise.resolve({ token }) },
      )
    expect((await unlock(https)).headers.get('set-cookie')).toMatch(/; Secure/)
    expect((await unlock({})).headers.get('set-cookie')).not.toMatch(/; Secure/)
  })
})

test('without a trusted proxy the visitor’s claim of https is worth nothing', async () => {
  Object.assign(env(), { TRUST_PROXY: 'off' })
  const cookies = (await signIn(https)).headers.getSetCookie()
  expect(cookies.filter((cookie) => /; secure/i.test(cookie))).toEqual([])
})
