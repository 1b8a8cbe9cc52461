import { expect, test } from 'vitest'
import { POST as changeRoute } from '@/app/api/v1/me/email/route'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { call, makeMember, makePerson, makeTeam, PASSWORD, signInAs, trySignIn } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'

const change = (cookie: string, email: string, password = PASSWORD) =>
  call(changeRoute, '/', { method: 'POST', cookie, body: { email, password } })
const fresh = () => `new-${crypto.randomUUID()}@example.test`

test('a new address counts at once, in its one form, and the team’s log says so without naming it', async () => {
  const team = await makeTeam()
  const person = await makeMember(team.id, 'member')
  const cookie = await signInAs(person)
  const email = fresh()
  expect((await change(cookie, `  ${email.toUpperCase()} `)).status).toBe(204)
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
  for (let guess = 0; guess < 12; guess += 1) answers.push((await change(cookie, fresh(), 'a guess')).status)
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
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
})
