import { describe, expect, test } from 'vitest'
import { POST as mailRoute } from '@/app/api/v1/invitations/[id]/mail/route'
import { DELETE as revokeRoute } from '@/app/api/v1/invitations/[id]/route'
import { POST as acceptRoute } from '@/app/api/v1/invitations/acceptance/route'
import { POST as batchRoute } from '@/app/api/v1/invitations/batch/route'
import { GET as listRoute } from '@/app/api/v1/invitations/route'
import { setUpMail } from '@/e2e/support/mail'
import { call, makeMember, makePerson, makeTeam, PASSWORD, signInAs } from '@/e2e/support/people'
import type { Invitation, Invited } from '@/lib/invitations/schema'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'

const mail = setUpMail()
const somebody = () => `minji-${crypto.randomUUID()}@example.test`

async function setUpTeam() {
  const team = await makeTeam()
  return { ...team, cookie: await signInAs(team.owner) }
}
type Team = Awaited<ReturnType<typeof setUpTeam>>

const invite = (cookie: string, emails: string[], more: object = {}) =>
  call(batchRoute, '/', { method: 'POST', cookie, body: { role: 'member', emails, ...more } })
const invited = async (cookie: string, emails: string[], more: object = {}): Promise<Invited> =>
  (await invite(cookie, emails, more)).json()
const listOf = async ({ cookie }: Team): Promise<Invitation[]> =>
  (await (await call(listRoute, '/', { cookie })).json()).items
const resend = (cookie: string, id: string) =>
  call(mailRoute, '/', { method: 'POST', cookie, params: { id } })
const aMinuteLater = (id: string) =>
  db().invitation.update({ where: { id }, data: { mailedAt: new Date(Date.now() - 61_000) } })

describe('inviting by email', () => {
  test('mails each address its own link, which lets one person in', async () => {
    const team = await setUpTeam()
    const emails = [somebody(), somebody()]
    await invited(team.cookie, emails, { role: 'viewer', locale: 'ko' })
    const links = [await mail.linkTo(emails[0] ?? ''), await mail.linkTo(emails[1] ?? '')]
    expect(new Set(links).size).toBe(2)
    const account = { name: 'Minji', email: emails[0], password: PASSWORD }
    const token = links[0]?.split('/').at(-1)
    expect((await call(acceptRoute, '/', { method: 'POST', body: { token, account } })).status).toBe(200)
    const { role } = await db().membership.findFirstOrThrow({ where: { user: { email: emails[0] } } })
    expect(role).toBe('viewer')
  })

  test('writes in the language of whoever has the address, else in the sender’s', async () => {
    const team = await setUpTeam()
    const known = await makePerson()
    await db().user.update({ where: { id: known.id }, data: { locale: 'ko' } })
    const unknown = somebody()
    await invited(team.cookie, [known.email, unknown], { locale: 'en' })
    expect((await mail.mailsTo(known.email))[0]?.subject).toContain('팀에 초대했어요')
    expect((await mail.mailsTo(unknown))[0]?.subject).toContain('invited you to')
  })

  test('leaves out members and those who are invited, and says so', async () => {
    const team = await setUpTeam()
    const member = await makeMember(team.id, 'viewer')
    const [waiting, fresh] = [somebody(), somebody()]
    await invited(team.cookie, [waiting])
    const { items, skipped } = await invited(team.cookie, [member.email.toUpperCase(), waiting, fresh, fresh])
    expect(items.map(({ email }) => email)).toEqual([fresh])
    expect(skipped).toEqual([
      { email: member.email, reason: 'member' },
      { email: waiting, reason: 'invited' },
    ])
  })

  test('pressed twice at once invites once', async () => {
    const team = await setUpTeam()
    const email = somebody()
    await Promise.all([invite(team.cookie, [email]), invite(team.cookie, [email])])
    expect(await db().invitation.count({ where: { email } })).toBe(1)
    expect((await mail.mailsTo(email)).length).toBe(1)
  })

  test('lasts as long as was chosen', async () => {
    const team = await setUpTeam()
    for (const days of [1, 7, 30]) {
      const { items } = await invited(team.cookie, [somebody()], { days })
      const lastsMs = new Date(items[0]?.expiresAt ?? '').getTime() - Date.now()
      expect(lastsMs / DAY_MS).toBeCloseTo(days, 2)
    }
    expect((await invite(team.cookie, [somebody()], { days: 365 })).status).toBe(422)
  })

  test('gives no role above those in reach, and takes no more than 50 addresses or one that is none', async () => {
    const team = await setUpTeam()
    const admin = await signInAs(await makeMember(team.id, 'admin'))
    expect((await invite(admin, [somebody()], { role: 'admin' })).status).toBe(403)
    expect((await invite(team.cookie, Array.from({ length: 51 }, somebody))).status).toBe(422)
    expect((await invite(team.cookie, ['a@example.test\r\nBcc: b@example.test'])).status).toBe(422)
  })

  test('works without a mail server, for links to copy', async () => {
    env().SMTP_URL = undefined
    const team = await setUpTeam()
    const email = somebody()
    const { items } = await invited(team.cookie, [email])
    expect(items[0]).toMatchObject({ email, mail: 'none', path: expect.stringMatching(/^\/invite\//) })
    expect((await resend(team.cookie, items[0]?.id ?? '')).status).toBe(409)
  })
})

describe('a mailed invitation', () => {
  test('shows what became of its mail', async () => {
    const team = await setUpTeam()
    const [good, gone] = [somebody(), `gone-${crypto.randomUUID()}@example.test`]
    const { items } = await invited(team.cookie, [good, gone])
    expect(items.map((one) => one.mail)).toEqual(['waiting', 'waiting'])
    await mail.deliver()
    const shown = new Map((await listOf(team)).map((one) => [one.email, one]))
    expect(shown.get(good)).toMatchObject({ mail: 'sent', problem: null })
    expect(shown.get(gone)).toMatchObject({ mail: 'failed', problem: expect.stringContaining('550') })
  })

  test('is sent again with the same link and more time, not twice within a minute', async () => {
    const team = await setUpTeam()
    const email = somebody()
    const { items } = await invited(team.cookie, [email], { days: 1 })
    const id = items[0]?.id ?? ''
    const first = await mail.linkTo(email)
    expect((await resend(team.cookie, id)).status).toBe(429)
    await aMinuteLater(id)
    const answers = await Promise.all([resend(team.cookie, id), resend(team.cookie, id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429])
    expect(await db().auditEntry.count({ where: { act: 'invitation.mailed', subject: id } })).toBe(1)
    expect((await mail.mailsTo(email)).length).toBe(2)
    expect(await mail.linkTo(email)).toBe(first)
    const [listed] = await listOf(team)
    expect((new Date(listed?.expiresAt ?? '').getTime() - Date.now()) / DAY_MS).toBeCloseTo(7, 2)
  })

  test('that was revoked is not sent any more', async () => {
    const team = await setUpTeam()
    const email = somebody()
    const { items } = await invited(team.cookie, [email])
    const id = items[0]?.id ?? ''
    await call(revokeRoute, '/', { method: 'DELETE', cookie: team.cookie, params: { id } })
    expect(await mail.mailsTo(email)).toEqual([])
    expect((await resend(team.cookie, id)).status).toBe(404)
  })
})
