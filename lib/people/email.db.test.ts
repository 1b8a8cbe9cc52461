import { beforeEach, describe, expect, test } from 'vitest'
import { POST as changeRoute } from '@/app/api/v1/me/email/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { POST as confirmRoute } from '@/app/api/v1/email-confirmations/route'
import { setUpMail } from '@/e2e/support/mail'
import { call, makeMember, makePerson, makeTeam, PASSWORD, signInAs, trySignIn } from '@/e2e/support/people'
import { resetPassword } from '@/lib/people/server'
import { db } from '@/lib/platform/db'
import { HOUR_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'

const change = (cookie: string, email: string, password = PASSWORD) =>
  call(changeRoute, '/', { method: 'POST', cookie, body: { email, password } })
const fresh = () => `new-${crypto.randomUUID()}@example.test`

const mail = setUpMail()
let network = 0
const confirm = (token: string) =>
  call(confirmRoute, '/', {
    method: 'POST',
    body: { token },
    headers: { 'x-forwarded-for': `10.30.0.${(network += 1)}` },
  })
const emailOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).email
const tokenFor = async (email: string) => (await mail.linkTo(email)).split('/').at(-1) ?? ''

test('who has no password changes the address only just after signing in', async () => {
  const person = await makeMember((await makeTeam()).id, 'member')
  const cookie = await signInAs(person)
  await db().user.update({ where: { id: person.id }, data: { passwordHash: null } })
  await db().session.updateMany({
    where: { userId: person.id },
    data: { createdAt: new Date(Date.now() - 11 * 60_000) },
  })
  expect(await (await change(cookie, fresh(), '')).json()).toMatchObject({ code: 'confirmation_required' })
  await db().session.updateMany({ where: { userId: person.id }, data: { createdAt: new Date() } })
  expect(await (await change(cookie, fresh(), '')).json()).toEqual({ state: 'sent' })
})

describe('with a mail server', () => {
  test('what waits for the person goes to the new address', async () => {
    const person = await makeMember((await makeTeam()).id, 'member')
    const [cookie, email] = [await signInAs(person), fresh()]
    const later = new Date(Date.now() + HOUR_MS)
    const waiting = { kind: 'notice', locale: 'en', toAddress: person.email, dueAt: later, expiresAt: later }
    const { id } = await db().mail.create({ data: { ...waiting, userId: person.id } })
    await change(cookie, email)
    await confirm(await tokenFor(email))
    expect(await db().mail.findUnique({ where: { id } })).toMatchObject({ toAddress: email })
    expect((await mail.mailsTo(person.email)).map(({ text }) => text)).toEqual([
      expect.stringContaining(email),
    ])
  })

  test('a new address counts once its link is opened, once, and the old one is told', async () => {
    const team = await makeTeam()
    const person = await makeMember(team.id, 'member')
    const [cookie, email] = [await signInAs(person), fresh()]
    expect(await (await change(cookie, email)).json()).toEqual({ state: 'sent' })
    expect(await emailOf(person.id)).toBe(person.email)
    const token = await tokenFor(email)
    expect((await confirm(token)).status).toBe(204)
    expect(await emailOf(person.id)).toBe(email)
    expect((await mail.mailsTo(person.email)).at(-1)?.text).toContain(email)
    expect(await (await confirm(token)).json()).toMatchObject({ status: 410, code: 'link_invalid' })
    const entries = await db().auditEntry.findMany({
      where: { teamId: team.id, subject: person.id, act: { startsWith: 'person.email' } },
      orderBy: { createdAt: 'asc' },
    })
    expect(entries.map(({ act, detail }) => [act, detail])).toEqual([
      ['person.email_asked', {}],
      ['person.email_changed', {}],
    ])
  })

  test('asking again, or a new password, ends the link before', async () => {
    const person = await makeMember((await makeTeam()).id, 'member')
    const [cookie, first, second] = [await signInAs(person), fresh(), fresh()]
    await change(cookie, first)
    const older = await tokenFor(first)
    await change(cookie, second)
    expect((await confirm(older)).status).toBe(410)
    const newer = await tokenFor(second)
    await resetPassword({ email: person.email, password: 'a quite different sentence' })
    expect((await confirm(newer)).status).toBe(410)
    expect(await emailOf(person.id)).toBe(person.email)
  })

  test('an address that somebody took meanwhile stays theirs, and one that is taken gets no mail', async () => {
    const person = await makeMember((await makeTeam()).id, 'member')
    const [cookie, email] = [await signInAs(person), fresh()]
    await change(cookie, email)
    const token = await tokenFor(email)
    await db().user.create({ data: { email, name: 'First' } })
    expect(await (await confirm(token)).json()).toMatchObject({ status: 409, code: 'already_exists' })
    expect((await change(cookie, email)).status).toBe(409)
    expect((await mail.mailsTo(email)).length).toBe(1)
  })

  test('nobody’s mailbox is filled', async () => {
    const person = await makeMember((await makeTeam()).id, 'member')
    const [cookie, email] = [await signInAs(person), fresh()]
    const answers: number[] = []
    for (let time = 0; time < 6; time += 1) answers.push((await change(cookie, email)).status)
    expect(answers).toEqual([200, 200, 200, 200, 200, 429])
  })
})

describe('without a mail server', () => {
  beforeEach(() => {
    env().SMTP_URL = undefined
  })

  test('a new address counts at once, in its one form, and the team’s log says so without naming it', async () => {
    const team = await makeTeam()
    const person = await makeMember(team.id, 'member')
    const cookie = await signInAs(person)
    const email = fresh()
    expect((await change(cookie, `  ${email.toUpperCase()} `)).status).toBe(200)
    expect(await (await call(meRoute, '/', { cookie })).json()).toMatchObject({ email })
    expect((await trySignIn({ email, password: PASSWORD })).status).toBe(200)
    expect((await trySignIn({ email: person.email, password: PASSWORD })).status).toBe(401)
    const entries = await db().auditEntry.findMany({
      where: { act: 'person.email_changed', subject: person.id },
    })
    expect(entries.map(({ teamId, detail }) => [teamId, detail])).toEqual([
      [null, {}],
      [team.id, {}],
    ])
  })

  test('not without the password, and guesses are slowed down', async () => {
    const person = await makePerson()
    const cookie = await signInAs(person)
    const answers: number[] = []
    for (let guess = 0; guess < 12; guess += 1)
      answers.push((await change(cookie, fresh(), 'a guess')).status)
    expect(answers[0]).toBe(401)
    expect(answers.at(-1)).toBe(429)
    expect(await db().user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
      email: person.email,
    })
  })

  test('not to an address that another account has, nor to what is none', async () => {
    const [person, other] = [await makePerson(), await makePerson()]
    const cookie = await signInAs(person)
    expect(await (await change(cookie, other.email)).json()).toMatchObject({
      status: 409,
      code: 'already_exists',
    })
    expect((await change(cookie, 'no address')).status).toBe(422)
  })

  test('of two who want one address at the same moment one gets it', async () => {
    const people = [await makePerson(), await makePerson()]
    const email = fresh()
    const cookies = await Promise.all(people.map((person) => signInAs(person)))
    const answers = await Promise.all(cookies.map((cookie) => change(cookie, email)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})
