import { verify } from '@node-rs/argon2'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { GET as askAuth, POST as postAuth } from '@/app/api/auth/[...nextauth]/route'
import { GET as getMe } from '@/app/api/v1/me/route'
import { call, cookiesFrom, makePerson, makeTeam, PASSWORD, signInAs, trySignIn } from '@/e2e/support/people'
import { refuseRows } from '@/e2e/support/refused-rows'
import { db } from '@/lib/platform/db'

vi.mock('@node-rs/argon2', { spy: true }) // works as ever, and is counted

const sessionCookie = (response: Response) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith('next-auth.session-token=')) ?? ''

describe('signing in', () => {
  test('opens a session that is checked on the next request', async () => {
    const { owner, id } = await makeTeam()
    const cookie = await signInAs(owner)
    const me = await (await call(getMe, '/api/v1/me', { cookie })).json()
    expect(me).toMatchObject({ id: owner.id, email: owner.email, teams: [{ id, role: 'owner' }] })
  })

  test('takes the e-mail in any case and with spaces around it', async () => {
    const { owner } = await makeTeam()
    const response = await trySignIn({ email: `  ${owner.email.toUpperCase()} `, password: PASSWORD })
    expect(response.status).toBe(200)
  })

  test('answers an unknown e-mail and a wrong password alike', async () => {
    const { owner } = await makeTeam()
    const wrong = await trySignIn({ email: owner.email, password: 'not the password' })
    const unknown = await trySignIn({ email: 'nobody@example.test', password: 'not the password' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
    expect(sessionCookie(wrong)).toBe('')
  })

  test('works as long for an unknown e-mail as for a wrong password', async () => {
    const owner = await makePerson()
    const parametersOf = (hash: unknown) => String(hash).split('$').slice(0, 4) // how long argon2 works goes by these
    const work = async (email: string) => {
      vi.mocked(verify).mockClear()
      await trySignIn({ email, password: 'not the password' })
      return vi.mocked(verify).mock.calls.map(([hash]) => parametersOf(hash))
    }
    const known = await work(owner.email)
    expect(known).toEqual([['', 'argon2id', 'v=19', 'm=19456,t=2,p=1']])
    expect(await work('nobody@example.test')).toEqual(known)
  })

  test('sets a cookie that scripts cannot read and other sites cannot send with a post', async () => {
    const { owner } = await makeTeam()
    const response = await trySignIn({ email: owner.email, password: PASSWORD })
    expect(sessionCookie(response)).toMatch(/HttpOnly/)
    expect(sessionCookie(response)).toMatch(/SameSite=Lax/)
    expect(sessionCookie(response)).not.toMatch(/Secure/)
  })

  test('never takes over a session that the browser brought along', async () => {
    const attacker = await makeTeam()
    const victim = await makeTeam()
    const planted = await signInAs(attacker.owner)
    const own = await signInAs(victim.owner, planted)
    expect(own).not.toBe(planted)
    expect((await call(getMe, '/api/v1/me', { cookie: planted })).status).toBe(401)
    const me = await (await call(getMe, '/api/v1/me', { cookie: own })).json()
    expect(me.id).toBe(victim.owner.id)
  })

  test('is refused without the token that the form was given', async () => {
    const { owner } = await makeTeam()
    const response = await call(postAuth, '/api/auth/callback/credentials', {
      method: 'POST',
      params: { nextauth: ['callback', 'credentials'] },
      body: { email: owner.email, password: PASSWORD, json: 'true' },
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'origin_mismatch' })
    expect(sessionCookie(response)).toBe('')
  })

  test('calls a fault of the studio a fault, not a wrong password', async () => {
    const owner = await makePerson()
    await refuseRows('Session', `NEW."userId" = '${owner.id}'`)
    const response = await trySignIn({ email: owner.email, password: PASSWORD })
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ code: 'internal' })
    expect(sessionCookie(response)).toBe('')
  })

  test('is refused to a disabled person', async () => {
    const { owner } = await makeTeam()
    await db().user.update({ where: { id: owner.id }, data: { disabledAt: new Date() } })
    expect((await trySignIn({ email: owner.email, password: PASSWORD })).status).toBe(401)
  })

  test.each([undefined, 'https://old.example'])(
    'leads only to pages of this studio, with NEXTAUTH_URL %s',
    async (left) => {
      vi.stubEnv('NEXTAUTH_URL', left)
      onTestFinished(() => void vi.unstubAllEnvs())
      const { owner } = await makeTeam()
      for (const callbackUrl of [
        'https://evil.example/x',
        '//evil.example',
        'http://127.0.0.1:3000@evil.example/',
      ]) {
        const asked = await call(askAuth, '/api/auth/csrf', { params: { nextauth: ['csrf'] } })
        const { csrfToken } = await asked.json()
        const response = await call(postAuth, '/api/auth/callback/credentials', {
          method: 'POST',
          cookie: cookiesFrom(asked),
          params: { nextauth: ['callback', 'credentials'] },
          body: { email: owner.email, password: PASSWORD, csrfToken, callbackUrl, json: 'true' },
        })
        const { url } = await response.json()
        expect(new URL(url).origin).toBe('http://127.0.0.1:3000')
      }
    },
  )
})

describe('signing out', () => {
  test('ends the session, not only the cookie', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    const asked = await call(askAuth, '/api/auth/csrf', { cookie, params: { nextauth: ['csrf'] } })
    const { csrfToken } = await asked.json()
    const response = await call(postAuth, '/api/auth/signout', {
      method: 'POST',
      cookie: cookiesFrom(asked, cookie),
      params: { nextauth: ['signout'] },
      body: { csrfToken, json: 'true' },
    })
    expect(sessionCookie(response)).toMatch(/Max-Age=0/)
    expect((await call(getMe, '/api/v1/me', { cookie })).status).toBe(401)
  })

  test('is refused without the token that the form was given, and the session stands', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    const response = await call(postAuth, '/api/auth/signout', {
      method: 'POST',
      cookie,
      params: { nextauth: ['signout'] },
      body: { csrfToken: 'another', json: 'true' },
    })
    expect(await response.json()).toMatchObject({ status: 403, code: 'origin_mismatch' })
    expect((await call(getMe, '/api/v1/me', { cookie })).status).toBe(200)
  })
})

describe("next-auth's own session answer", () => {
  test('names the person while the session stands and nobody afterwards', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    const ask = async () =>
      (await call(askAuth, '/api/auth/session', { cookie, params: { nextauth: ['session'] } })).json()
    expect(await ask()).toMatchObject({ user: { email: owner.email } })
    await db().session.updateMany({ where: { userId: owner.id }, data: { endedAt: new Date() } })
    expect(await ask()).toEqual({})
  })
})
