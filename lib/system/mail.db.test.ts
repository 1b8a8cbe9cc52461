import { expect, test } from 'vitest'
import { POST as testRoute } from '@/app/api/v1/system/mail-test/route'
import { setUpMail } from '@/e2e/support/mail'
import { call, makeMember, makeTeam, signInAs } from '@/e2e/support/people'
import { queueMail } from '@/lib/mail/server'
import { getMailStatus } from '@/lib/mail/status'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

const mail = setUpMail()
const send = (cookie: string) => call(testRoute, '/', { method: 'POST', cookie })

test('a test mail goes to whoever asks, at once, and says what the server said', async () => {
  const { owner } = await makeTeam()
  const cookie = await signInAs(owner)
  expect(await (await send(cookie)).json()).toEqual({ to: owner.email, state: 'sent', problem: null })
  expect((await mail.mailsTo(owner.email))[0]?.subject).toBe('Flamel Studio can send email')
  mail.state().fault = 'login'
  expect(await (await send(cookie)).json()).toMatchObject({
    state: 'later',
    problem: expect.stringContaining('535'),
  })
  mail.state().fault = 'gone'
  expect(await (await send(cookie)).json()).toMatchObject({
    state: 'refused',
    problem: expect.stringContaining('550'),
  })
  mail.state().fault = 'none'
})

test('test mails are slowed down', async () => {
  const cookie = await signInAs((await makeTeam()).owner)
  const answers: number[] = []
  for (let time = 0; time < 7; time += 1) answers.push((await send(cookie)).status)
  expect([answers[0], answers.at(-1)]).toEqual([200, 429])
})

test('admins see the mails that failed or wait: about their team or to its people, and no other', async () => {
  const [team, other] = [await makeTeam(), await makeTeam()]
  const member = await makeMember(team.id, 'member')
  const values = { name: 'x' }
  const queue = (address: string, more: { teamId?: string; userId?: string }) =>
    queueMail(db(), {
      ...{ kind: 'test', locale: 'en', values, teamId: more.teamId },
      to: { name: '', address, userId: more.userId },
    })
  await queue('gone-1@example.test', { teamId: team.id })
  await queue('busy-2@example.test', { userId: member.id })
  await queue('gone-3@example.test', { teamId: other.id })
  await mail.deliver()
  const { troubles } = await getMailStatus(team.id)
  expect(troubles.map(({ to, state }) => [to, state])).toEqual([
    ['busy-2@example.test', 'waiting'],
    ['gone-1@example.test', 'failed'],
  ])
  expect(troubles[1]?.problem).toContain('550')
})

test('the mail server is named without its user and password', async () => {
  env().SMTP_URL = 'smtp://somebody:secret@mail.example.com:2525'
  const status = await getMailStatus((await makeTeam()).id)
  expect(status).toMatchObject({
    isOn: true,
    server: 'mail.example.com:2525',
    from: 'Studio <studio@example.com>',
  })
  expect(JSON.stringify(status)).not.toMatch(/somebody|secret/)
})
