import { describe, expect, test } from 'vitest'
import { POST as acceptInvitation } from '@/app/api/v1/invitations/acceptance/route'
import { call, makeTeam, PASSWORD, signInAs, trySignIn } from '@/e2e/support/people'
import { beginWaitNow, letPass } from '@/e2e/support/sign-in-throttle'

let serial = 0
const newAddress = () => ({ 'x-forwarded-for': `10.0.${serial >> 8}.${(serial += 1) & 255}` })
const wrong = (email: string, headers: Record<string, string>, cookie?: string) =>
  trySignIn({ email, password: 'not the password' }, { headers, cookie })

test('after five failures the answer is 429 with the seconds to wait, right password or not', async () => {
  const { owner } = await makeTeam()
  const address = newAddress()
  for (let i = 0; i < 5; i += 1) expect((await wrong(owner.email, address)).status).toBe(401)
  await beginWaitNow()
  const refused = await trySignIn({ email: owner.email, password: PASSWORD }, { headers: address })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
})

test('twenty guesses at once are counted like twenty in a row', async () => {
  const { owner } = await makeTeam()
  const address = newAddress()
  const answers = await Promise.all(Array.from({ length: 20 }, () => wrong(owner.email, address)))
  expect(answers.filter(({ status }) => status === 401).length).toBe(5)
})

test('the wait doubles with each failure and never locks out: once it is over, the right password opens', async () => {
  const { owner } = await makeTeam()
  const address = newAddress()
  for (let i = 0; i < 5; i += 1) await wrong(owner.email, address)
  const waits: number[] = []
  for (let i = 0; i < 4; i += 1) {
    await beginWaitNow()
    const seconds = Number((await wrong(owner.email, address)).headers.get('retry-after'))
    waits.push(seconds)
    await letPass(seconds)
    expect((await wrong(owner.email, address)).status).toBe(401)
  }
  expect(waits).toEqual([1, 2, 4, 8])
  await letPass(16)
  expect((await trySignIn({ email: owner.email, password: PASSWORD }, { headers: address })).status).toBe(200)
  expect((await wrong(owner.email, address)).status).toBe(401)
})

test('an unknown e-mail is slowed down exactly like a known one', async () => {
  const address = newAddress()
  const email = `nobody-${serial}@example.test`
  for (let i = 0; i < 5; i += 1) expect((await wrong(email, address)).status).toBe(401)
  await beginWaitNow()
  expect((await wrong(email, address)).status).toBe(429)
})

test('one address that tries many people is slowed down as well', async () => {
  const address = newAddress()
  const answers: number[] = []
  for (let i = 0; i < 32; i += 1) {
    if (i >= 30) await beginWaitNow()
    answers.push((await wrong(`somebody-${i}@example.test`, address)).status)
  }
  expect(answers.slice(0, 30).every((status) => status === 401)).toBe(true)
  expect(answers.slice(30)).toEqual([429, 429])
})

test('a browser that the person has used before gets in while others guess, even from the same address', async () => {
  const { owner } = await makeTeam()
  const address = newAddress()
  const known = await signInAs(owner)
  for (let i = 0; i < 8; i += 1) await wrong(owner.email, address)
  const answer = await trySignIn(
    { email: owner.email, password: PASSWORD },
    { headers: address, cookie: known },
  )
  expect(answer.status).toBe(200)
})

test("a known browser is slowed down too when it guesses, and counts only for its own people's accounts", async () => {
  const { owner } = await makeTeam()
  const { owner: other } = await makeTeam()
  const address = newAddress()
  const known = await signInAs(owner)
  for (let i = 0; i < 10; i += 1) await wrong(owner.email, address, known)
  await beginWaitNow()
  expect((await wrong(owner.email, address, known)).status).toBe(429)
  for (let i = 0; i < 5; i += 1) await wrong(other.email, address, known)
  await beginWaitNow()
  expect((await wrong(other.email, address, known)).status).toBe(429)
})

test('an hour of quiet forgets the failures', async () => {
  const { owner } = await makeTeam()
  const address = newAddress()
  for (let i = 0; i < 6; i += 1) await wrong(owner.email, address)
  await letPass(3_700)
  for (let i = 0; i < 5; i += 1) expect((await wrong(owner.email, address)).status).toBe(401)
})

describe('of IPv6', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })
  test('one subscriber’s many addresses are one', async () => {
    const { owner } = await makeTeam()
    for (let i = 0; i < 5; i += 1) await wrong(owner.email, from(`2001:db8:77:1:${i}:a:b:${i}`))
    await beginWaitNow()
    expect((await wrong(owner.email, from('2001:db8:77:1::ffff'))).status).toBe(429)
    expect((await wrong(owner.email, from('2001:db8:77:2::ffff'))).status).toBe(401)
  })

  test('an IPv4 address in IPv6 clothes is the IPv4 address, and its neighbour another', async () => {
    const { owner } = await makeTeam()
    for (let i = 0; i < 5; i += 1) await wrong(owner.email, from('::ffff:198.51.100.7'))
    await beginWaitNow()
    expect((await wrong(owner.email, from('198.51.100.7'))).status).toBe(429)
    expect((await wrong(owner.email, from('::ffff:198.51.100.8'))).status).toBe(401)
  })
})

describe('guesses at one account from many networks', () => {
  async function guessFromEverywhere(email: string) {
    const answers: number[] = []
    for (let i = 0; i < 42; i += 1) {
      if (i >= 40) await beginWaitNow()
      answers.push((await wrong(email, newAddress())).status)
    }
    return answers
  }

  test('are slowed down together, for at most a minute at a time', async () => {
    const { owner } = await makeTeam()
    const answers = await guessFromEverywhere(owner.email)
    expect(answers.slice(0, 40).every((status) => status === 401)).toBe(true)
    expect(answers.slice(40)).toContain(429)
    for (let i = 0; i < 8; i += 1) {
      await letPass(61)
      await wrong(owner.email, newAddress())
    }
    const waiting = await wrong(owner.email, newAddress())
    expect(waiting.status).toBe(429)
    expect(Number(waiting.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    await letPass(61)
    const elsewhere = { headers: newAddress() }
    expect((await trySignIn({ email: owner.email, password: PASSWORD }, elsewhere)).status).toBe(200)
  }, 60_000)

  test('do not touch a browser that the person has used before', async () => {
    const { owner } = await makeTeam()
    const cookie = await signInAs(owner)
    await guessFromEverywhere(owner.email)
    const answer = await trySignIn(
      { email: owner.email, password: PASSWORD },
      { cookie, headers: newAddress() },
    )
    expect(answer.status).toBe(200)
  }, 60_000)
})

test('invitation tokens that do not exist may be tried from one network only so often', async () => {
  const { 'x-forwarded-for': address } = newAddress()
  const account = { name: 'x', email: 'x@example.test', password: PASSWORD }
  const guess = () =>
    call(acceptInvitation, '/', {
      method: 'POST',
      headers: { 'x-forwarded-for': address },
      body: { token: crypto.randomUUID().padEnd(43, 'x'), account },
    })
  const answers: number[] = []
  for (let i = 0; i < 30; i += 1) answers.push((await guess()).status)
  expect(answers).not.toContain(429)
  await beginWaitNow()
  expect((await guess()).status).toBe(429)
})
