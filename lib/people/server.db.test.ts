import { describe, expect, test } from 'vitest'
import { call, makeTeam, PASSWORD, signInAs, trySignIn } from '@/e2e/support/people'
import { POST as passwordRoute } from '@/app/api/v1/me/password/route'
import { GET as meRoute, PATCH as changeRoute } from '@/app/api/v1/me/route'
import { DELETE as endRoute } from '@/app/api/v1/sessions/[id]/route'
import { DELETE as endOthersRoute, GET as sessionsRoute } from '@/app/api/v1/sessions/route'
import { resetPassword } from '@/lib/people/server'

const next = 'a quite different sentence'
const change = (cookie: string, body: object) => call(passwordRoute, '/', { method: 'POST', cookie, body })
const isIn = async (cookie: string) => (await call(meRoute, '/', { cookie })).status === 200
const sessionsOf = async (cookie: string): Promise<{ id: string; isThisOne: boolean }[]> =>
  (await (await call(sessionsRoute, '/', { cookie })).json()).items

describe('a changed password', () => {
  test('ends every other session, keeps this one, and is the one that opens', async () => {
    const { owner } = await makeTeam()
    const [here, elsewhere] = [await signInAs(owner), await signInAs(owner)]
    expect((await change(here, { current: PASSWORD, next })).status).toBe(204)
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false])
    expect((await trySignIn({ email: owner.email, password: PASSWORD })).status).toBe(401)
    expect((await trySignIn({ email: owner.email, password: next })).status).toBe(200)
  })

  test('takes the present one, and guesses at it are slowed down', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    const answers: number[] = []
    for (let i = 0; i < 11; i += 1)
      answers.push((await change(cookie, { current: `guess ${i}`, next })).status)
    expect(answers[0]).toBe(401)
    expect(answers.at(-1)).toBe(429)
  })

  test('is refused when it is one that is guessed first', async () => {
    const { owner } = await makeTeam()
    const answer = await change(await signInAs(owner), { current: PASSWORD, next: 'qwerty12345' })
    expect((await answer.json()).errors).toMatchObject([{ path: 'next', message: 'too_common' }])
  })

  test('by the shell ends all sessions', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    await resetPassword({ email: owner.email.toUpperCase(), password: next })
    expect(await isIn(cookie)).toBe(false)
    expect((await trySignIn({ email: owner.email, password: next })).status).toBe(200)
  })
})

describe('sessions', () => {
  test('are listed with the one that asks marked', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    await signInAs(owner)
    const sessions = await sessionsOf(cookie)
    expect(sessions.length).toBe(2)
    expect(sessions.filter(({ isThisOne }) => isThisOne).length).toBe(1)
  })

  test('end one by one, and stop on the next request', async () => {
    const { owner } = await makeTeam()
    const [here, elsewhere] = [await signInAs(owner), await signInAs(owner)]
    const other = (await sessionsOf(here)).find(({ isThisOne }) => !isThisOne)
    const ended = await call(endRoute, '/', {
      method: 'DELETE',
      cookie: here,
      params: { id: other?.id ?? '' },
    })
    expect(ended.status).toBe(204)
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false])
  })

  test('end all but this one', async () => {
    const { owner } = await makeTeam()
    const [here, ...others] = [await signInAs(owner), await signInAs(owner), await signInAs(owner)]
    await call(endOthersRoute, '/', { method: 'DELETE', cookie: here })
    expect(await isIn(here ?? '')).toBe(true)
    for (const cookie of others) expect(await isIn(cookie)).toBe(false)
  })

  test('of other people cannot be ended or even told to exist', async () => {
    const [one, other] = [await makeTeam(), await makeTeam()]
    const [mine, theirs] = [await signInAs(one.owner), await signInAs(other.owner)]
    const [session] = await sessionsOf(theirs)
    const answer = await call(endRoute, '/', {
      method: 'DELETE',
      cookie: mine,
      params: { id: session?.id ?? '' },
    })
    expect(answer.status).toBe(404)
    expect(await isIn(theirs)).toBe(true)
  })
})

test('name, language and theme are the person’s own', async () => {
  const { owner } = await makeTeam()
  const cookie = await signInAs(owner)
  const body = { name: '김서연', locale: 'ko', theme: 'light' }
  const changed = await call(changeRoute, '/', { method: 'PATCH', cookie, body })
  expect(await changed.json()).toMatchObject(body)
  expect((await call(changeRoute, '/', { method: 'PATCH', cookie, body: { locale: 'xx' } })).status).toBe(422)
})
