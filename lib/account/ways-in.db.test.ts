import { describe, expect, test } from 'vitest'
import { POST as askRoute } from '@/app/api/v1/account-links/route'
import { POST as acceptRoute } from '@/app/api/v1/invitations/acceptance/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { POST as resetRoute } from '@/app/api/v1/password-resets/route'
import { codeAt, makeSecured } from '@/e2e/support/authenticator-app'
import { invitation } from '@/e2e/support/resource-factories'
import { setUpMail } from '@/e2e/support/mail'
import {
  call,
  cookiesFrom,
  makeTeam,
  PASSWORD,
  tryProvider,
  trySignIn,
  type Person,
} from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { unseal } from '@/lib/platform/secret'

const mail = setUpMail()
const NEW = 'a quite different sentence'

async function linkFor(email: string, purpose: 'sign_in' | 'reset'): Promise<string> {
  const body = { email, purpose, locale: 'en' }
  expect((await call(askRoute, '/', { method: 'POST', body })).status).toBe(204)
  return (await mail.linkTo(email)).split('/').at(-1) ?? ''
}

/** Every way to prove a first factor; each ends with the answer that would sign the person in. */
const WAYS: Record<string, (person: Person) => Promise<Response>> = {
  'a password': ({ email }) => trySignIn({ email, password: PASSWORD }),
  'a link by mail': async ({ email }) => tryProvider('mail-link', { token: await linkFor(email, 'sign_in') }),
  'a password that was reset by mail': async ({ email }) => {
    const body = { token: await linkFor(email, 'reset'), password: NEW }
    expect((await call(resetRoute, '/', { method: 'POST', body })).status).toBe(204)
    return trySignIn({ email, password: NEW })
  },
}

describe.each(Object.entries(WAYS))('with %s', (_, prove) => {
  test('who has a second factor is in only after it, and is told of the new device then', async () => {
    const { owner, secret } = await makeSecured()
    const opened = await db().session.count({ where: { userId: owner.id } })
    const half = await prove(owner)
    expect([half.status, (await half.clone().json()).code]).toEqual([401, 'second_factor_required'])
    expect(half.headers.getSetCookie().join()).not.toMatch(/session-token=[^;]|studio-device/)
    expect((await call(meRoute, '/', { cookie: cookiesFrom(half) })).status).toBe(401)
    expect(await db().session.count({ where: { userId: owner.id } })).toBe(opened)
    expect(await noticesTo(owner)).toBe(0)
    const code = codeAt(secret, Date.now())
    const whole = await tryProvider('second-factor', { code }, { cookie: cookiesFrom(half) })
    expect((await call(meRoute, '/', { cookie: cookiesFrom(whole) })).status).toBe(200)
    expect(await noticesTo(owner)).toBe(1)
  })

  test('who has none is in at once', async () => {
    const { owner } = await makeTeam()
    const whole = await prove(owner)
    expect((await call(meRoute, '/', { cookie: cookiesFrom(whole) })).status).toBe(200)
  })
})

test('a half-done sign-in accepts no invitation', async () => {
  const { owner } = await makeSecured()
  const team = await makeTeam()
  const id = await invitation({ ...team, maker: team.owner.id }, team.owner.id)
  const { tokenCipher } = await db().invitation.findUniqueOrThrow({ where: { id } })
  const token = unseal('invitation', tokenCipher)
  const cookie = cookiesFrom(await trySignIn({ email: owner.email, password: PASSWORD }))
  const answer = await call(acceptRoute, '/', { method: 'POST', cookie, body: { token } })
  expect(answer.status).toBe(401)
  expect(await db().membership.count({ where: { teamId: team.id, userId: owner.id } })).toBe(0)
})

const noticesTo = async ({ email }: Person) =>
  db().mail.count({ where: { toAddress: email, kind: 'new_device' } })
