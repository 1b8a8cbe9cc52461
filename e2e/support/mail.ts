import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startSmtp } from '@/e2e/support/smtp'
import { answerLinkRequests } from '@/lib/account/link-requests'
import { sendDueMails } from '@/lib/mail/queue'
import { env } from '@/lib/platform/env'

/** A mail server for the tests of a file, and the studio set to use it. `deliver` does what the background does. */
export function setUpMail() {
  const open = {} as { smtp: Awaited<ReturnType<typeof startSmtp>> } // filled before the first test
  beforeAll(async () => {
    open.smtp = await startSmtp()
    env().MAIL_FROM = { name: 'Studio', address: 'studio@example.com' }
  })
  beforeEach(() => {
    env().SMTP_URL = open.smtp.url
  })
  afterAll(() => open.smtp.stop())
  const deliver = async () => {
    await answerLinkRequests()
    await sendDueMails()
  }
  /** The mails that came for somebody by now. */
  const mailsTo = async (address: string) => {
    await deliver()
    return open.smtp.to(address).map(({ mail }) => mail)
  }
  /** The path of the link in the last of them. */
  const linkTo = async (address: string): Promise<string> => {
    const text = (await mailsTo(address)).at(-1)?.text ?? ''
    const [, path = ''] = /:\nhttps?:\/\/[^/]+(\/\S+)/.exec(text) ?? []
    return path
  }
  return { deliver, mailsTo, linkTo, state: () => open.smtp.state }
}
