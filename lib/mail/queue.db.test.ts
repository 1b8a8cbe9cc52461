import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startSmtp } from '@/e2e/support/smtp'
import { nextDueAt, sendDueMails } from '@/lib/mail/queue'
import { cancelMailsAbout, queueMail, type Recipient } from '@/lib/mail/server'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'

let smtp: Awaited<ReturnType<typeof startSmtp>>
beforeAll(async () => {
  smtp = await startSmtp()
  env().MAIL_FROM = { name: '플라멜 스튜디오', address: 'studio@example.com' }
  env().STUDIO_URL = 'https://studio.example.com'
})
afterAll(() => smtp.stop())
beforeEach(async () => {
  env().SMTP_URL = smtp.url
  smtp.state.fault = 'none'
  await db().mail.deleteMany()
})

const expiresAt = new Date(Date.now() + DAY_MS)
const TOKEN = 'a-token-that-nobody-may-read'
const values = { name: '김서연', team: '봄 캠페인', role: 'member', path: `/invite/${TOKEN}` }

let serial = 0
const somebody = (address = `minji-${(serial += 1)}@example.test`): Recipient => ({ name: '민지', address })

const invite = (to: Recipient, locale: string | null = 'ko', more = {}) =>
  queueMail(db(), {
    ...{ to, locale, kind: 'invitation', expiresAt },
    values: { ...values, expiresAt: expiresAt.toISOString(), ...more },
  })

const rowOf = (id: string) => db().mail.findUniqueOrThrow({ where: { id } })
const makeDue = (id: string) => db().mail.update({ where: { id }, data: { dueAt: new Date() } })

describe('a queued mail', () => {
  test.each([
    ['ko', '김서연 님이 Flamel Studio의 봄 캠페인 팀에 초대했어요', '초대 수락하기'],
    ['en', '김서연 invited you to 봄 캠페인 on Flamel Studio', 'Accept invitation'],
    [null, '김서연 invited you to 봄 캠페인 on Flamel Studio', 'Accept invitation'],
  ])('comes in the language %s, as text and as HTML, and is forgotten', async (locale, subject, action) => {
    const to = somebody()
    const id = await invite(to, locale)
    await sendDueMails()
    const [got] = smtp.to(to.address)
    const link = `https://studio.example.com/invite/${TOKEN}`
    expect(got?.mail.subject).toBe(subject)
    expect(got?.mail.text).toContain(`${action}:\n${link}`)
    expect(got?.mail.html).toContain(`<html lang="${locale ?? 'en'}">`)
    expect(got?.mail.html).toContain(`href="${link}"`)
    expect(got?.mail.messageId).toBe(`<${id}@example.com>`)
    expect(got?.mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(await rowOf(id)).toMatchObject({ state: 'sent', attempts: 1, values: null, problem: null })
  })

  test('is sent only when its transaction was committed', async () => {
    const to = somebody()
    const undone = db().$transaction(async (tx) => {
      await queueMail(tx, { to, locale: 'en', kind: 'test', values: { name: 'x' } })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await sendDueMails()
    expect(smtp.to(to.address)).toEqual([])
  })

  test('keeps its link where nobody reads it', async () => {
    const row = await rowOf(await invite(somebody()))
    expect(JSON.stringify(row)).not.toContain(TOKEN)
    expect(Buffer.from(row.values ?? '').includes(TOKEN)).toBe(false)
  })

  test('about something that is no more is not sent', async () => {
    const [to, aboutId] = [somebody(), crypto.randomUUID()]
    await queueMail(db(), { to, locale: 'en', kind: 'test', values: { name: 'x' }, aboutId })
    await db().$transaction((tx) => cancelMailsAbout(tx, aboutId))
    await sendDueMails()
    expect(smtp.to(to.address)).toEqual([])
  })

  test('of a kind that only a newer version knows is left to it', async () => {
    const id = await invite(somebody())
    await db().mail.update({ where: { id }, data: { kind: 'of the future' } })
    expect(await sendDueMails()).toBe(0)
    expect(await nextDueAt()).toBe(null)
    expect((await rowOf(id)).state).toBe('queued')
  })
})

describe('a mail server that does not take it', () => {
  test('for now is asked again later, ever later, and the mail comes once', async () => {
    const to = somebody()
    const id = await invite(to)
    smtp.state.fault = 'busy'
    const waits: number[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await makeDue(id)
      const before = Date.now()
      await sendDueMails()
      const row = await rowOf(id)
      expect(row).toMatchObject({ state: 'queued', problem: expect.stringContaining('451') })
      waits.push(Math.round((row.dueAt.getTime() - before) / 10_000) * 10)
    }
    expect(waits).toEqual([10, 40, 160])
    expect(await sendDueMails()).toBe(0)
    smtp.state.fault = 'none'
    await makeDue(id)
    await sendDueMails()
    expect(smtp.to(to.address).map(({ mail }) => mail.messageId)).toEqual([`<${id}@example.com>`])
  })

  test('for good is believed, and what it said is kept', async () => {
    const to = somebody('gone@example.test')
    const id = await invite(to)
    await sendDueMails()
    expect(await rowOf(id)).toMatchObject({
      ...{ state: 'failed', attempts: 1, values: null, problem: expect.stringContaining('550 No such user') },
    })
    await makeDue(id)
    expect(await sendDueMails()).toBe(0)
  })

  test('because the login is wrong loses no mail', async () => {
    const id = await invite(somebody())
    smtp.state.fault = 'login'
    await sendDueMails()
    expect(await rowOf(id)).toMatchObject({ state: 'queued', problem: expect.stringContaining('535') })
  })

  test('because nobody listens is tried again', async () => {
    env().SMTP_URL = 'smtp://127.0.0.1:1'
    const id = await invite(somebody())
    await sendDueMails()
    expect(await rowOf(id)).toMatchObject({
      state: 'queued',
      problem: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('because the connection breaks is tried again, and the mail comes once', async () => {
    const to = somebody()
    const id = await invite(to)
    smtp.state.fault = 'drop'
    await sendDueMails()
    expect((await rowOf(id)).state).toBe('queued')
    smtp.state.fault = 'none'
    await makeDue(id)
    await sendDueMails()
    expect(smtp.to(to.address).length).toBe(1)
  })

  test('but perhaps took it, as the connection broke after the last byte: what comes again has the same Message-ID', async () => {
    const to = somebody()
    const id = await invite(to)
    smtp.state.fault = 'dropAfterData'
    await sendDueMails()
    smtp.state.fault = 'none'
    await makeDue(id)
    await sendDueMails()
    const ids = smtp.to(to.address).map(({ mail }) => mail.messageId)
    expect(ids).toEqual([`<${id}@example.com>`, `<${id}@example.com>`])
  })

  test('until it is too late ends the trying', async () => {
    const id = await invite(somebody())
    smtp.state.fault = 'busy'
    await db().mail.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 5_000) } })
    await sendDueMails()
    expect(await rowOf(id)).toMatchObject({ state: 'failed', problem: expect.stringContaining('451') })
  })
})

describe('several processes', () => {
  test('send each mail once', async () => {
    const people = Array.from({ length: 24 }, () => somebody())
    for (const to of people) await invite(to)
    const tried = await Promise.all([sendDueMails(), sendDueMails(), sendDueMails()])
    expect(tried.reduce((sum, count) => sum + count, 0)).toBe(24)
    expect(people.map(({ address }) => smtp.to(address).length)).toEqual(people.map(() => 1))
  })

  test('that look at the same moment at one mail send it once', async () => {
    for (let round = 0; round < 15; round += 1) {
      const to = somebody()
      await invite(to)
      await Promise.all(Array.from({ length: 8 }, () => sendDueMails()))
      expect(smtp.to(to.address).length).toBe(1)
    }
  })

  test('leave a mail to the one that has claimed it, and take it when that one is dead', async () => {
    const to = somebody()
    const id = await invite(to)
    const claimed = { state: 'sending', claimId: crypto.randomUUID() } as const
    await db().mail.update({
      where: { id },
      data: { ...claimed, leaseUntil: new Date(Date.now() + 60_000) },
    })
    expect(await sendDueMails()).toBe(0)
    await db().mail.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1) } })
    expect(await sendDueMails()).toBe(1)
    expect(smtp.to(to.address).length).toBe(1)
  })

  test('do not undo what another has written down', async () => {
    const id = await invite(somebody())
    const { asked } = smtp.state
    let release = () => {}
    smtp.state.held = new Promise((resolve) => (release = resolve))
    smtp.state.fault = 'busy'
    const sending = sendDueMails()
    await expect.poll(() => smtp.state.asked).toBe(asked + 1)
    await db().mail.update({ where: { id }, data: { state: 'sent', claimId: crypto.randomUUID() } })
    release()
    await sending
    expect((await rowOf(id)).state).toBe('sent')
  })
})

describe('a name', () => {
  const EVIL = 'Eve\r\nBcc: victim@example.test\r\n\r\n<script>'

  test('writes no headers of its own, and no HTML', async () => {
    const to = { ...somebody(), name: EVIL }
    await invite(to, 'en', { name: EVIL, team: `${EVIL}\u2028Subject: x` })
    await sendDueMails()
    const [got] = smtp.to(to.address)
    const head = got?.raw.split('\r\n\r\n')[0] ?? ''
    expect(head).not.toMatch(/^(bcc|<script)/im)
    expect(head.match(/^subject:/gim)).toHaveLength(1)
    expect(got?.to).toEqual([to.address])
    expect(got?.mail.subject).toContain('Eve Bcc: victim@example.test <script> invited you')
    expect(String(got?.mail.html)).not.toContain('<script>')
    expect(smtp.to('victim@example.test')).toEqual([])
  })

  test('with a comma is one name', async () => {
    const to = { ...somebody(), name: '김민지, 팀장 <x@evil.test>' }
    await invite(to)
    await sendDueMails()
    expect(smtp.to(to.address)[0]?.mail.to).toMatchObject({ value: [{ address: to.address, name: to.name }] })
  })

  test.each([
    'a@example.com\r\nRCPT TO:<evil@example.com>',
    'a@example.com, b@example.com',
    'a b@example.com',
  ])('is no address: %j is refused', async (address) => {
    await expect(invite(somebody(address))).rejects.toThrow()
  })
})

test('without SMTP no mail is queued', async () => {
  const mail = { to: somebody(), locale: 'en', kind: 'test', values: { name: 'x' } } as const
  env().SMTP_URL = undefined
  await expect(queueMail(db(), mail)).rejects.toMatchObject({ code: 'mail_off' })
})
