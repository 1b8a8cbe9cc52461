import { describe, expect, test } from 'vitest'
import { GET as askAuth } from '@/app/api/auth/[...nextauth]/route'
import { POST as askRoute } from '@/app/api/v1/account-links/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { POST as resetRoute } from '@/app/api/v1/password-resets/route'
import { setUpMail } from '@/e2e/support/mail'
import {
  call,
  cookiesFrom,
  makeMember,
  makePerson,
  makeTeam,
  PASSWORD,
  signInAs,
  tryProvider,
  trySignIn,
} from '@/e2e/support/people'
import { answerLinkRequests } from '@/lib/account/link-requests'
import { findLink } from '@/lib/account/links'
import { resetPassword } from '@/lib/people/server'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

const mail = setUpMail()
const NEW = 'a quite different sentence'
type Purpose = 'sign_in' | 'reset'

let network = 0
/** Each from an address of its own: what one test asks slows down no other. */
const from = () => ({ 'x-forwarded-for': `10.20.${Math.floor((network += 1) / 250)}.${network % 250}` })

const ask = (email: string, purpose: Purpose, headers: Record<string, string> = from()) =>
  call(askRoute, '/', { method: 'POST', body: { email, purpose, locale: 'ko' }, headers })

async function linkFor(email: string, purpose: Purpose): Promise<string> {
  expect((await ask(email, purpose)).status).toBe(204)
  return (await mail.linkTo(email)).split('/').at(-1) ?? ''
}

/** As the confirm page does. */
const signInWith = (token: string, { cookie = '', headers = from() as Record<string, string> } = {}) =>
  tryProvider('mail-link', { token }, { cookie, headers })
const reset = (token: string, password = NEW) =>
  call(resetRoute, '/', { method: 'POST', body: { token, password }, headers: from() })
const meOf = async (cookie: string) => call(meRoute, '/', { cookie })

describe('a sign-in link', () => {
  test('comes in the reader’s language, and opens a session once', async () => {
    const { owner } = await makeTeam()
    await db().user.update({ where: { id: owner.id }, data: { locale: 'en' } })
    const token = await linkFor(owner.email, 'sign_in')
    expect((await mail.mailsTo(owner.email))[0]?.subject).toBe('Your sign-in link for Flamel Studio')
    const signedIn = await signInWith(token)
    expect(signedIn.status).toBe(200)
    expect(await (await meOf(cookiesFrom(signedIn))).json()).toMatchObject({ id: owner.id })
    expect((await signInWith(token)).status).toBe(401)
  })

  test('is not used up by being looked at, nor by a GET', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'sign_in')
    expect(await findLink(token, 'sign_in')).toMatchObject({ email: owner.email })
    const scanned = await call(askAuth, `/api/auth/callback/mail-link?token=${token}`, {
      params: { nextauth: ['callback', 'mail-link'] },
    })
    expect(scanned.status).toBe(405)
    expect((await signInWith(token)).status).toBe(200)
  })

  test('lets one of ten in who use it at once', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'sign_in')
    const answers = await Promise.all(Array.from({ length: 10 }, () => signInWith(token)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    expect(await db().session.count({ where: { userId: owner.id } })).toBe(1)
  })

  test('is too old after 15 minutes', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'sign_in')
    const link = await db().accountLink.findFirstOrThrow({ where: { userId: owner.id } })
    expect((link.expiresAt.getTime() - link.createdAt.getTime()) / 60_000).toBeCloseTo(15, 1)
    await db().accountLink.update({ where: { id: link.id }, data: { expiresAt: new Date() } })
    expect((await signInWith(token)).status).toBe(401)
  })

  test('is kept only as a hash', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'sign_in')
    const rows = [await db().accountLink.findMany(), await db().mail.findMany()]
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('ends the session that the browser brought along', async () => {
    const [attacker, victim] = [await makeTeam(), await makeTeam()]
    const planted = await signInAs(attacker.owner)
    const token = await linkFor(victim.owner.email, 'sign_in')
    const own = cookiesFrom(await signInWith(token, { cookie: planted }), planted)
    expect((await meOf(planted)).status).toBe(401)
    expect(await (await meOf(own)).json()).toMatchObject({ id: victim.owner.id })
  })

  test('resets no password, and a reset link signs nobody in', async () => {
    const { owner } = await makeTeam()
    expect((await reset(await linkFor(owner.email, 'sign_in'))).status).toBe(410)
    expect((await signInWith(await linkFor(owner.email, 'reset'))).status).toBe(401)
  })

  test('is over with a new password', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'sign_in')
    await resetPassword({ email: owner.email, password: NEW })
    expect((await signInWith(token)).status).toBe(401)
  })
})

describe('a reset link', () => {
  test('sets a new password once and ends every session', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    const token = await linkFor(owner.email, 'reset')
    expect((await reset(token)).status).toBe(204)
    expect(
      await db().auditEntry.findFirst({ where: { act: 'person.password_changed', subject: owner.id } }),
    ).toMatchObject({ actorId: owner.id, detail: { by: 'link' } })
    expect((await meOf(cookie)).status).toBe(401)
    expect((await trySignIn({ email: owner.email, password: PASSWORD }, { headers: from() })).status).toBe(
      401,
    )
    expect((await trySignIn({ email: owner.email, password: NEW }, { headers: from() })).status).toBe(200)
    const again = await reset(token, 'another quite different one')
    expect([again.status, (await again.json()).code]).toEqual([410, 'link_invalid'])
  })

  test('is won by one of several at once, and its password is the one that counts', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'reset')
    const passwords = Array.from({ length: 6 }, (_, at) => `sentence number ${at} of six`)
    const answers = await Promise.all(passwords.map((password) => reset(token, password)))
    const won = passwords.filter((_, at) => answers[at]?.status === 204)
    expect(won.length).toBe(1)
    expect(
      (await trySignIn({ email: owner.email, password: won[0] ?? '' }, { headers: from() })).status,
    ).toBe(200)
  })

  test('is not used up by a password that cannot be taken', async () => {
    const { owner } = await makeTeam()
    const token = await linkFor(owner.email, 'reset')
    for (const [weak, problem] of [
      ['short', 'too_short'],
      ['qwerty12345', 'too_common'],
      [owner.email, 'contains_name'],
    ] as const) {
      const answer = await reset(token, weak)
      expect((await answer.json()).errors).toMatchObject([{ path: 'password', message: problem }])
    }
    expect((await reset(token)).status).toBe(204)
  })

  test('takes every older link with it', async () => {
    const { owner } = await makeTeam()
    const [older, newer] = [await linkFor(owner.email, 'reset'), await linkFor(owner.email, 'reset')]
    expect((await reset(newer)).status).toBe(204)
    expect((await reset(older)).status).toBe(410)
  })

  test('guesses are slowed down', async () => {
    const headers = from()
    const answers: number[] = []
    for (let guess = 0; guess < 32; guess += 1) {
      const body = { token: 'x'.repeat(40), password: NEW }
      answers.push((await call(resetRoute, '/', { method: 'POST', body, headers })).status)
    }
    expect([answers[0], answers.at(-1)]).toEqual([410, 429])
  })

  test('is taken from pages of this studio only', async () => {
    const body = { token: 'x'.repeat(40), password: NEW }
    const headers = { origin: 'https://evil.example' }
    expect((await call(resetRoute, '/', { method: 'POST', body, headers })).status).toBe(403)
  })
})

describe.each(['sign_in', 'reset'] as const)('asking for a link (%s)', (purpose) => {
  test('answers an address that nobody has like one that somebody has, byte for byte', async () => {
    const { email } = await makePerson()
    const known = await ask(email, purpose)
    const unknown = await ask(`nobody-${crypto.randomUUID()}@example.test`, purpose)
    const seen = async (answer: Response) => [answer.status, await answer.text(), [...answer.headers]]
    expect(await seen(unknown)).toEqual(await seen(known))
  })

  test('does the same work for both: who it is, is looked up afterwards', async () => {
    const { email } = await makePerson()
    const nobody = `nobody-${crypto.randomUUID()}@example.test`
    for (const address of [email, nobody]) await ask(address, purpose)
    const written = await db().accountLinkRequest.findMany({ where: { email: { in: [email, nobody] } } })
    expect(written.length).toBe(2)
    expect(await db().accountLink.count({ where: { user: { email } } })).toBe(0)
    await answerLinkRequests()
    expect(await db().mail.count({ where: { toAddress: email } })).toBe(1)
    expect(await db().mail.count({ where: { toAddress: nobody } })).toBe(0)
    expect(await db().accountLinkRequest.count()).toBe(0)
  })

  test('is slowed down alike for both, and from however many networks', async () => {
    const { email } = await makePerson()
    for (const address of [email, `nobody-${crypto.randomUUID()}@example.test`]) {
      const answers: number[] = []
      for (let time = 0; time < 7; time += 1) answers.push((await ask(address, purpose)).status)
      expect(answers).toEqual([204, 204, 204, 204, 204, 429, 429])
    }
  })

  test('brings nothing to somebody who was disabled, and stops a link that they have', async () => {
    const team = await makeTeam()
    const [gone, out] = [await makeMember(team.id, 'member'), await makeMember(team.id, 'member')]
    const tokens = [await linkFor(gone.email, purpose), await linkFor(out.email, purpose)]
    await db().user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } })
    await db().membership.updateMany({ where: { userId: out.id }, data: { disabledAt: new Date() } })
    for (const token of tokens) {
      const use = purpose === 'reset' ? await reset(token) : await signInWith(token)
      expect(use.status).toBe(purpose === 'reset' ? 410 : 401)
    }
    for (const { email } of [gone, out]) {
      const before = (await mail.mailsTo(email)).length
      expect((await ask(email, purpose)).status).toBe(204)
      expect((await mail.mailsTo(email)).length).toBe(before)
    }
  })

  test('brings one mail, however many processes look', async () => {
    const { email } = await makePerson()
    await ask(email, purpose)
    await Promise.all(Array.from({ length: 5 }, answerLinkRequests))
    expect((await mail.mailsTo(email)).length).toBe(1)
  })

  test('is refused without a mail server', async () => {
    env().SMTP_URL = undefined
    const { email } = await makePerson()
    expect(await (await ask(email, purpose)).json()).toMatchObject({ code: 'mail_off' })
  })
})

describe('a sign-in on a new device', () => {
  const agent = (browser: string) => ({
    'user-agent': `Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) ${browser}`,
    ...from(),
  })
  const password = PASSWORD

  test('is told by mail, once for each browser, and not for the first of a new account', async () => {
    const { owner, slug } = await makeTeam()
    const { email } = owner
    await db().user.update({ where: { id: owner.id }, data: { locale: 'en' } })
    const first = await trySignIn({ email, password }, { headers: agent('Chrome/140.0') })
    expect(await mail.mailsTo(email)).toEqual([])
    await trySignIn({ email, password }, { cookie: cookiesFrom(first), headers: agent('Chrome/140.0') })
    expect(await mail.mailsTo(email)).toEqual([])
    await trySignIn({ email, password }, { headers: agent('Firefox/140.0') })
    const [told, ...more] = await mail.mailsTo(email)
    expect(more).toEqual([])
    expect(told?.text).toContain(`${email} was signed in with Firefox on Windows on`)
    expect(await mail.linkTo(email)).toBe(`/t/${slug}/settings/profile`)
  })

  test('is told when it was by a link, too', async () => {
    const { owner } = await makeTeam()
    await signInAs(owner)
    const token = await linkFor(owner.email, 'sign_in')
    await signInWith(token, { headers: agent('Edg/140.0') })
    expect((await mail.mailsTo(owner.email)).at(-1)?.subject).toBe('New sign-in to Flamel Studio')
  })
})
