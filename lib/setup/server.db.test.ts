import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { POST as setUpRoute } from '@/app/api/v1/setup/route'
import { call, PASSWORD, trySignIn } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { ensureOwner, isSetUp, setUpCode } from '@/lib/setup/server'

const input = {
  name: 'Seoyeon',
  email: 'seoyeon@onda.kr',
  password: PASSWORD,
  team: 'Onda Studio',
  locale: 'ko',
}
const setUp = (body: object = input, headers: Record<string, string> = {}) =>
  call(setUpRoute, '/api/v1/setup', { method: 'POST', body, headers })

const given = { ...env() }
beforeEach(async () => {
  await db().$executeRaw`TRUNCATE "User", "Team", "SignInThrottle" CASCADE`
})
afterEach(() => Object.assign(env(), given, { STUDIO_URL: undefined, STUDIO_OWNER_EMAIL: undefined }))

describe('the first visit', () => {
  test('makes the owner and the team, who can sign in at once', async () => {
    expect(await isSetUp()).toBe(false)
    const response = await setUp()
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe('/t/onda-studio/create')
    expect((await trySignIn(input)).status).toBe(200)
    expect(await db().membership.findFirst()).toMatchObject({ role: 'owner' })
    expect(await db().user.findFirst()).toMatchObject({ name: 'Seoyeon', locale: 'ko' })
  })

  test('is won by exactly one of eight at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => setUp({ ...input, email: `owner-${index}@onda.kr` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
    expect([await db().user.count(), await db().team.count()]).toEqual([1, 1])
  })

  test('is over once somebody is there', async () => {
    await setUp()
    const again = await setUp({ ...input, email: 'mallory@evil.example' })
    expect(await again.json()).toMatchObject({ status: 409, code: 'setup_done' })
  })

  test('refuses a password that is guessed first, naming why', async () => {
    const response = await setUp({ ...input, password: 'Password2026!' })
    expect(response.status).toBe(422)
    expect((await response.json()).errors).toMatchObject([{ path: 'password', message: 'too_common' }])
    expect(await isSetUp()).toBe(false)
  })

  test('is not made by a page of another site, nor by a name that was pointed at this machine', async () => {
    expect((await setUp(input, { origin: 'https://evil.example' })).status).toBe(403)
    expect(
      (await setUp(input, { origin: 'http://evil.example:3000', host: 'evil.example:3000' })).status,
    ).toBe(403)
    expect((await setUp(input, { origin: '' })).status).toBe(403)
    expect(await isSetUp()).toBe(false)
  })
})

describe('on a studio that other machines reach', () => {
  beforeEach(() => Object.assign(env(), { HOST: '0.0.0.0' }))

  test("the console's code is asked, with or without its hyphens", async () => {
    const code = setUpCode() ?? ''
    expect(code).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/)
    expect(await (await setUp()).json()).toMatchObject({ status: 403, code: 'setup_code_wrong' })
    expect((await setUp({ ...input, code: '0000-0000-0000' })).status).toBe(403)
    expect((await setUp({ ...input, code: code.replaceAll('-', '').toLowerCase() })).status).toBe(201)
  })

  test('guessing the code is slowed down', async () => {
    const answers: number[] = []
    for (let i = 0; i < 7; i += 1) answers.push((await setUp({ ...input, code: `0000-0000-000${i}` })).status)
    expect(answers).toEqual([403, 403, 403, 403, 403, 429, 429])
  })
})

describe('an owner from the configuration', () => {
  beforeEach(() =>
    Object.assign(env(), { STUDIO_OWNER_EMAIL: 'Admin@Onda.kr', STUDIO_OWNER_PASSWORD: PASSWORD }),
  )

  test('is made at boot when there is nobody, once, however many processes start', async () => {
    await Promise.all([ensureOwner(), ensureOwner(), ensureOwner()])
    expect(await db().user.findMany({ select: { email: true } })).toEqual([{ email: 'admin@onda.kr' }])
    expect((await trySignIn({ email: 'admin@onda.kr', password: PASSWORD })).status).toBe(200)
  })

  test('is not made beside somebody who set the studio up', async () => {
    await setUp()
    await ensureOwner()
    expect(await db().user.count()).toBe(1)
  })
})

test('over https the session cookie is marked secure and carries the prefix that pins it', async () => {
  await setUp()
  Object.assign(env(), { STUDIO_URL: 'https://studio.example' })
  const headers = { origin: 'https://studio.example', host: 'studio.example' }
  const response = await trySignIn(input, { headers })
  const cookies = response.headers.getSetCookie()
  const session = cookies.find((cookie) => cookie.startsWith('__Secure-next-auth.session-token='))
  expect(session).toMatch(/; Secure/)
  expect(cookies.every((cookie) => cookie.includes('; Secure'))).toBe(true)
})
