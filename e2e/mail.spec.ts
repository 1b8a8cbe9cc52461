import { expect, type Browser, type Page } from '@playwright/test'
import { makeApp } from './support/authenticator'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { GUEST_PASSWORD } from './support/guest'
import { OWNER } from './support/owner'
import { startSmtp } from './support/smtp'

const STUDIO = `http://localhost:${process.env.E2E_QUIET_PORT}`
const NEW_PASSWORD = 'a lantern beside the old well'
let smtp: Awaited<ReturnType<typeof startSmtp>>

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  smtp = await startSmtp({ port: Number(process.env.E2E_MAIL_PORT) })
})
test.afterAll(() => smtp.stop())

const WORDS = {
  en: {
    email: 'Email',
    password: 'Password',
    signIn: 'Sign in',
    create: 'Create account and join',
    name: 'Full name',
    forgot: 'Forgot password?',
    ask: 'Email me a link',
    asked: 'Check your email',
    byEmail: 'Email me a sign-in link',
    change: 'Change password',
    changed: 'Password changed',
    over: 'This link is no longer valid',
    invited: /invited you to/,
    reset: 'Reset your Flamel Studio password',
    link: 'Your sign-in link for Flamel Studio',
  },
  ko: {
    email: '이메일',
    password: '비밀번호',
    signIn: '로그인',
    create: '계정 만들고 참여하기',
    name: '이름',
    forgot: '비밀번호를 잊으셨나요?',
    ask: '링크 받기',
    asked: '메일을 확인해 주세요',
    byEmail: '이메일로 로그인 링크 받기',
    change: '비밀번호 변경',
    changed: '비밀번호를 변경했어요',
    over: '사용할 수 없는 링크예요',
    invited: /팀에 초대했어요/,
    reset: 'Flamel Studio 비밀번호 재설정',
    link: 'Flamel Studio 로그인 링크',
  },
} as const
type Locale = keyof typeof WORDS

const aNewAddress = () => `guest-${Date.now()}-${Math.random().toString(36).slice(2)}@example.test`

/** The link in the mail of that subject, once it has come. */
async function linkIn(address: string, subject: string | RegExp): Promise<string> {
  const find = () =>
    smtp
      .to(address)
      .map(({ mail }) => mail)
      .findLast((mail) => (mail.subject ?? '').search(subject) >= 0)
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy()
  const [, link = ''] = /:\n(http:\/\/\S+)/.exec(find()?.text ?? '') ?? []
  expect(link).toContain(STUDIO)
  return link
}

async function signIn(page: Page, { email, password }: typeof OWNER, words: (typeof WORDS)[Locale]) {
  await page.getByLabel(words.email).fill(email)
  await page.getByLabel(words.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signIn, exact: true }).click()
  await page.waitForURL(/\/create/)
}

/** The members page of a team of its own. */
async function openMembers(page: Page) {
  await page.goto(`${STUDIO}/sign-in`)
  await signIn(page, OWNER, WORDS.en)
  const made = await page.request.post(`${STUDIO}/api/v1/teams`, {
    data: { name: `Mail ${Date.now().toString(36)}` },
    headers: { origin: STUDIO },
  })
  const { slug } = await made.json()
  await page.goto(`${STUDIO}/t/${slug}/settings/members`)
}

async function visitor(browser: Browser, locale: Locale) {
  const context = await browser.newContext({ locale: locale === 'ko' ? 'ko-KR' : 'en-US' })
  return { page: await context.newPage(), close: () => context.close() }
}

async function ask(page: Page, path: string, email: string, words: (typeof WORDS)[Locale]) {
  await page.goto(`${STUDIO}/sign-in`)
  await page.getByRole('link', { name: path }).click()
  const submit = page.getByRole('button', { name: words.ask })
  await submit.waitFor() // the page before has an address to fill in, too
  await page.getByLabel(words.email).fill(email)
  await submit.click()
  await expect(page.getByRole('status')).toContainText(words.asked)
}

for (const locale of ['en', 'ko'] as const) {
  test(`an invitation, a new password and a sign-in link by mail (${locale})`, async ({ page, browser }) => {
    const words = WORDS[locale]
    const email = aNewAddress()
    await openMembers(page)
    await page.getByLabel('Email addresses').fill(`Harin <${email}>; ${OWNER.email}`)
    await page.getByRole('button', { name: 'Send invites' }).click()
    const sent = page.getByRole('main').getByRole('status')
    await expect(sent).toContainText('1 invite is on its way')
    await expect(sent).toContainText(`${OWNER.email} is already in the team.`)
    await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('Emailed')

    const guest = await visitor(browser, locale)
    await guest.page.goto(await linkIn(email, WORDS.en.invited))
    await expect(guest.page.getByLabel(words.email)).toHaveValue(email)
    await guest.page.getByLabel(words.name, { exact: true }).fill('이하린')
    await guest.page.getByLabel(words.password, { exact: true }).fill(GUEST_PASSWORD)
    await guest.page.getByRole('button', { name: words.create }).click()
    await guest.page.waitForURL(/\/create/)
    await guest.close()

    const back = await visitor(browser, locale)
    await ask(back.page, words.forgot, email, words)
    const reset = await linkIn(email, words.reset)
    await back.page.goto(reset)
    expect(await findings(back.page)).toEqual([])
    await back.page.getByLabel(words.password, { exact: true }).fill(NEW_PASSWORD)
    await back.page.getByRole('button', { name: words.change }).click()
    await expect(back.page.getByRole('status')).toContainText(words.changed)
    await back.page.getByRole('link', { name: words.signIn }).click()
    await signIn(back.page, { email, password: NEW_PASSWORD }, words)
    await back.page.goto(reset)
    await expect(back.page.getByRole('heading', { name: words.over })).toBeVisible()
    await back.close()

    const again = await visitor(browser, locale)
    await ask(again.page, words.byEmail, email, words)
    const link = await linkIn(email, words.link)
    await again.page.goto(link)
    await again.page.reload() // what a scanner of mails does uses nothing up
    expect(await findings(again.page)).toEqual([])
    await again.page.getByRole('button', { name: words.signIn, exact: true }).click()
    await again.page.waitForURL(/\/create/)
    await again.page.goto(link)
    await expect(again.page.getByRole('heading', { name: words.over })).toBeVisible()
    await again.close()
  })
}

test('an invitation that was sent to somebody else says so, and offers to go on as them', async ({
  page,
}) => {
  const email = aNewAddress()
  await openMembers(page)
  await page.getByLabel('Email addresses').fill(email)
  await page.getByRole('button', { name: 'Send invites' }).click()
  await page.goto(await linkIn(email, WORDS.en.invited))
  await expect(page.getByText(`This invite was sent to ${email}`)).toBeVisible()
  await page.getByRole('button', { name: `Continue as ${email}` }).click()
  await expect(page.getByLabel('Email')).toHaveValue(email)
})

test('an admin tests the mail server, and sees what was not delivered', async ({ page }) => {
  const email = `gone-${aNewAddress()}`
  await openMembers(page)
  const system = page.url().replace('members', 'system')
  await page.getByLabel('Email addresses').fill(email)
  await page.getByRole('button', { name: 'Send invites' }).click()
  const line = page.getByRole('listitem').filter({ hasText: email })
  await expect(line).toContainText('550 No such user here')
  await page.goto(system)
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('550 No such user here')
  await page.getByRole('button', { name: 'Send test email' }).click()
  await expect(page.getByText(`Sent to ${OWNER.email}.`, { exact: false })).toBeVisible()
  await expect.poll(() => smtp.to(OWNER.email).length).toBeGreaterThan(0)
})

/** A member of the team whose members page is open, who joined by a link. */
async function join(page: Page, browser: Browser, name: string) {
  await page.getByRole('button', { name: 'Create invite link' }).click()
  const link = await page.getByRole('status').getByRole('textbox', { name: 'Copy link' }).inputValue()
  const guest = await visitor(browser, 'en')
  const email = aNewAddress()
  await guest.page.goto(link)
  await guest.page.getByLabel('Full name').fill(name)
  await guest.page.getByLabel('Email').fill(email)
  await guest.page.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD)
  await guest.page.getByRole('button', { name: WORDS.en.create }).click()
  await guest.page.waitForURL(/\/create/)
  return { ...guest, email }
}

test('a member who is shut out gets a reset link from an admin', async ({ page, browser }) => {
  await openMembers(page)
  const guest = await join(page, browser, 'Doyun')
  await page.getByRole('button', { name: 'More for Doyun' }).click()
  await page.getByRole('menuitem', { name: 'Create password reset link' }).click()
  await page.getByRole('button', { name: 'Create link', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await guest.page.goto(await dialog.getByRole('textbox', { name: 'Copy link' }).inputValue())
  await guest.page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
  await guest.page.getByRole('button', { name: 'Change password' }).click()
  await expect(guest.page.getByRole('status')).toContainText('Password changed')
  await guest.close()
})

test('a sign-in link asks who has two-step sign-in for their code', async ({ page, browser }) => {
  await openMembers(page)
  const { email, ...guest } = await join(page, browser, 'Sua')
  const setUp = async (path: string, data: object) => {
    const url = `${STUDIO}/api/v1/me/second-factor/totp${path}`
    return (await guest.page.request.post(url, { data, headers: { origin: STUDIO } })).json()
  }
  const { token, secret } = await setUp('', {})
  const app = makeApp(secret)
  expect((await setUp('/confirmation', { token, code: app.code() })).recoveryCodes.length).toBe(10)
  await guest.page.context().clearCookies()

  await ask(guest.page, WORDS.en.byEmail, email, WORDS.en)
  await guest.page.goto(await linkIn(email, WORDS.en.link))
  await guest.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(guest.page.getByRole('heading', { name: 'Two-step sign-in' })).toBeVisible()
  expect(await findings(guest.page)).toEqual([])
  await guest.page.getByLabel('6-digit code').fill('123456')
  await guest.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(guest.page.getByRole('alert').filter({ hasText: 'code' })).toBeVisible()
  await guest.page.getByLabel('6-digit code').fill(app.code())
  await guest.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await guest.page.waitForURL(/\/create/)
  await guest.close()
})
