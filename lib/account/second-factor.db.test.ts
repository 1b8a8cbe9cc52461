import { Secret } from 'otpauth'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { codeAt, makeSecured, STEP_MS } from '@/e2e/support/authenticator-app'
import { call, cookiesFrom, PASSWORD, tryProvider, trySignIn, type Person } from '@/e2e/support/people'
import { beginWaitNow } from '@/e2e/support/sign-in-throttle'
import { afterFirstFactor } from '@/lib/account/sign-in'
import { resetPassword } from '@/lib/people/server'
import { db } from '@/lib/platform/db'

/** The first half of a sign-in: what the browser keeps of it. */
async function halfIn({ email }: Person): Promise<string> {
  const answer = await trySignIn({ email, password: PASSWORD })
  expect([answer.status, (await answer.clone().json()).code]).toEqual([401, 'second_factor_required'])
  return cookiesFrom(answer)
}

afterEach(() => void vi.useRealTimers())

const give = (cookie: string, code: string) => tryProvider('second-factor', { code }, { cookie })
const isIn = async (answer: Response) =>
  (await call(meRoute, '/', { cookie: cookiesFrom(answer) })).status === 200

describe('a sign-in with a second factor', () => {
  test('opens nothing after the password, and all after the code', async () => {
    const { owner, secret } = await makeSecured()
    const half = await halfIn(owner)
    expect((await call(meRoute, '/', { cookie: half })).status).toBe(401)
    const whole = await give(half, codeAt(secret, Date.now()))
    expect(whole.status).toBe(200)
    expect(await isIn(whole)).toBe(true)
  })

  test('keeps its half in a cookie that only the sign-in is sent, for five minutes', async () => {
    const { owner } = await makeSecured()
    const answer = await trySignIn({ email: owner.email, password: PASSWORD })
    const [cookie = ''] = answer.headers.getSetCookie().filter((one) => one.startsWith('studio-pending'))
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth', 'Max-Age=300'])
      expect(cookie).toContain(flag)
    expect(answer.headers.getSetCookie().join()).not.toMatch(/session-token=[^;]/)
  })

  test('still refuses a wrong password without a word about the second factor', async () => {
    const { owner } = await makeSecured()
    const answer = await trySignIn({ email: owner.email, password: 'not the password' })
    expect(answer.status).toBe(401)
    expect(await answer.text()).not.toContain('second_factor')
  })

  test('does not take the half of another person for the code of one’s own', async () => {
    const [mine, theirs] = [await makeSecured(), await makeSecured()]
    const answer = await give(await halfIn(theirs.owner), codeAt(mine.secret, Date.now()))
    expect(answer.status).toBe(401)
  })

  test('is over after five minutes, and when the password changes', async () => {
    const { owner, secret } = await makeSecured()
    const [old, changed] = [await halfIn(owner), await halfIn(owner)]
    await db().authChallenge.updateMany({
      where: { userId: owner.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    expect((await (await give(old, codeAt(secret, Date.now()))).json()).code).toBe('sign_in_expired')
    await db().authChallenge.updateMany({
      where: { userId: owner.id },
      data: { expiresAt: new Date(Date.now() + 60_000) },
    })
    await resetPassword({ email: owner.email, password: 'a quite different sentence' })
    expect((await (await give(changed, codeAt(secret, Date.now()))).json()).code).toBe('sign_in_expired')
  })

  test('does not open for a person who was disabled in between', async () => {
    const { owner, secret } = await makeSecured()
    const half = await halfIn(owner)
    await db().user.update({ where: { id: owner.id }, data: { disabledAt: new Date() } })
    expect((await give(half, codeAt(secret, Date.now()))).status).toBe(401)
  })

  test('a stolen half is worth nothing once the person is in', async () => {
    const { owner, secret } = await makeSecured()
    const half = await halfIn(owner)
    expect((await give(half, codeAt(secret, Date.now()))).status).toBe(200)
    const again = await give(half, codeAt(secret, Date.now() + STEP_MS))
    expect([again.status, (await again.json()).code]).toEqual([401, 'sign_in_expired'])
  })

  test('of two who use one half at once with two right codes one gets in, and the other code stays good', async () => {
    const { owner, secret, recoveryCodes } = await makeSecured()
    const half = await halfIn(owner)
    const answers = await Promise.all([
      give(half, recoveryCodes[0] ?? ''),
      give(half, recoveryCodes[1] ?? ''),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    expect(await db().recoveryCode.count({ where: { userId: owner.id, usedAt: null } })).toBe(9)
    expect((await give(await halfIn(owner), codeAt(secret, Date.now()))).status).toBe(200)
  })

  test.each(['password', 'mail_link'] as const)('is asked after a proof by %s', async (provenBy) => {
    const { owner } = await makeSecured()
    const result = await afterFirstFactor(owner.id, { headers: new Headers(), provenBy })
    expect(result.state).toBe('second_factor')
  })

  test('is not asked after a passkey, which is both', async () => {
    const { owner } = await makeSecured()
    const result = await afterFirstFactor(owner.id, { headers: new Headers(), provenBy: 'passkey' })
    expect(result.state).toBe('signed_in')
  })
})

describe('the code of an app', () => {
  test('counts once', async () => {
    const { owner, secret } = await makeSecured()
    const code = codeAt(secret, Date.now())
    expect((await give(await halfIn(owner), code)).status).toBe(200)
    expect((await give(await halfIn(owner), code)).status).toBe(401)
  })

  test('counts once also when two bring it at the same moment', async () => {
    const { owner, secret } = await makeSecured()
    const code = codeAt(secret, Date.now())
    const halves = [await halfIn(owner), await halfIn(owner)]
    const answers = await Promise.all(halves.map((half) => give(half, code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('counts from a clock that is a step ahead, after which those before count no more', async () => {
    const { owner, secret } = await makeSecured()
    expect((await give(await halfIn(owner), codeAt(secret, Date.now() + STEP_MS))).status).toBe(200)
    expect((await give(await halfIn(owner), codeAt(secret, Date.now()))).status).toBe(401)
  })

  test('counts from a clock that is a step behind', async () => {
    const { owner, secret } = await makeSecured()
    const now = (Math.floor(Date.now() / STEP_MS) + 0.5) * STEP_MS // no other step begins meanwhile
    vi.useFakeTimers({ toFake: ['Date'], now })
    await db().totpFactor.update({ where: { userId: owner.id }, data: { lastStep: 0 } })
    expect((await give(await halfIn(owner), codeAt(secret, Date.now() - STEP_MS))).status).toBe(200)
  })

  test.each([-3, 3])('does not count from a clock that is %s steps off', async (steps) => {
    const { owner, secret } = await makeSecured()
    await db().totpFactor.update({ where: { userId: owner.id }, data: { lastStep: 0 } })
    const answer = await give(await halfIn(owner), codeAt(secret, Date.now() + steps * STEP_MS))
    expect(answer.status).toBe(401)
  })

  test('may be written with a space', async () => {
    const { owner, secret } = await makeSecured()
    const code = codeAt(secret, Date.now()).replace(/(...)/, '$1 ')
    expect((await give(await halfIn(owner), code)).status).toBe(200)
  })

  test('is guessed six times and then slowed down, whatever half or network it comes from', async () => {
    const { owner, secret } = await makeSecured()
    const guess = async (network: string) =>
      (
        await tryProvider(
          'second-factor',
          { code: codeAt(secret, 0) },
          { cookie: await halfIn(owner), headers: { 'x-forwarded-for': network } },
        )
      ).status
    const answers: number[] = []
    for (let i = 0; i < 6; i += 1) answers.push(await guess(`10.0.0.${i}`))
    expect(answers).toEqual(Array(6).fill(401))
    await guess('10.0.1.1') // may be in time: the first wait is a second
    await guess('10.0.1.2')
    await beginWaitNow()
    expect((await give(await halfIn(owner), codeAt(secret, Date.now()))).status).toBe(429)
    const rows = await db().signInThrottle.findMany({ where: { key: { startsWith: 'code:' } } })
    expect(rows.some(({ failures }) => failures >= 6)).toBe(true) // in the database: a restart forgets nothing
  })

  test('by which a browser is known is counted apart: guesses from elsewhere do not lock it out', async () => {
    const { owner, secret } = await makeSecured()
    const known = cookiesFrom(await give(await halfIn(owner), codeAt(secret, Date.now())))
    const half = await halfIn(owner)
    for (let i = 0; i < 8; i += 1) await give(half, '000000')
    expect((await give(half, codeAt(secret, Date.now() + STEP_MS))).status).toBe(429)
    const own = await trySignIn({ email: owner.email, password: PASSWORD }, { cookie: known })
    const answer = await give(cookiesFrom(own, known), codeAt(secret, Date.now() + STEP_MS))
    expect(answer.status).toBe(200)
  })
})

describe('a recovery code', () => {
  test('opens once, in any writing, and is written down in the audit log', async () => {
    const { owner, recoveryCodes } = await makeSecured()
    expect(new Set(recoveryCodes).size).toBe(10)
    const code = recoveryCodes[3] ?? ''
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/)
    expect((await give(await halfIn(owner), ` ${code.toLowerCase().replace('-', ' ')}`)).status).toBe(200)
    expect((await give(await halfIn(owner), code)).status).toBe(401)
    const entry = await db().auditEntry.findFirst({
      where: { actorId: owner.id, act: 'recovery-code.used', teamId: { not: null } },
    })
    expect(entry).toMatchObject({ subject: owner.id, detail: { left: 9 } })
  })

  test('opens once also when two bring it at the same moment', async () => {
    const { owner, recoveryCodes } = await makeSecured()
    const halves = [await halfIn(owner), await halfIn(owner)]
    const answers = await Promise.all(halves.map((half) => give(half, recoveryCodes[0] ?? '')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('is nobody else’s', async () => {
    const [mine, theirs] = [await makeSecured(), await makeSecured()]
    expect((await give(await halfIn(theirs.owner), mine.recoveryCodes[0] ?? '')).status).toBe(401)
  })
})

test('neither the secret nor the codes can be read in the database', async () => {
  const { owner, secret, recoveryCodes } = await makeSecured()
  const factor = await db().totpFactor.findUniqueOrThrow({ where: { userId: owner.id } })
  const bytes = Buffer.from(factor.secretCipher)
  expect(bytes.includes(Buffer.from(secret))).toBe(false)
  expect(bytes.includes(Buffer.from(Secret.fromBase32(secret).buffer))).toBe(false)
  const codes = await db().recoveryCode.findMany({ where: { userId: owner.id } })
  for (const { hash } of codes)
    expect(recoveryCodes.some((code) => Buffer.from(hash).includes(Buffer.from(code)))).toBe(false)
})
