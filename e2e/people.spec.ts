import { expect, type Page } from '@playwright/test'
import { ARCHIVIST } from './support/archive'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { signIn } from './support/create-page'
import { GUEST_PASSWORD, joinWith } from './support/guest'
import { OWNER } from './support/owner'
import { makeTeam, prefer, signInOwner } from './support/seeded-studio'

const FRESH = `http://localhost:${process.env.E2E_FRESH_PORT}`

/** The owner's page at a path of their team. */
async function openAsOwner(page: Page, path: string) {
  await page.goto(`${await signInOwner(page)}/${path}`)
}

async function inviteLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Create invite link' }).click()
  return page.getByRole('status').getByRole('textbox', { name: 'Copy link' }).inputValue()
}

test('the first visit makes the owner and the team, and is over afterwards', async ({ page, context }) => {
  for (const [locale, theme] of [
    ['ko', 'light'],
    ['en', 'dark'],
  ] as const) {
    await prefer(context, { locale, theme })
    await page.goto(`${FRESH}/setup`)
    expect(await findings(page)).toEqual([])
  }
  await page.goto(FRESH)
  await expect(page.getByRole('heading', { name: 'Set up your studio' })).toBeVisible()
  await page.getByLabel('Your name').fill('Seoyeon Kim')
  await page.getByLabel('Email').fill('seoyeon@onda.kr')
  await page.getByLabel('Password', { exact: true }).fill('Password2026!')
  await page.getByLabel('Team name').fill('Onda Studio')
  await page.getByRole('button', { name: 'Create studio' }).click()
  await expect(page.getByText('This password is too common')).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('Seoyeon Kim')
  await page.getByLabel('Password', { exact: true }).fill(GUEST_PASSWORD)
  await page.getByRole('button', { name: 'Create studio' }).click()
  await page.waitForURL('**/t/onda-studio/create')
  await page.goto(`${FRESH}/setup`)
  await page.waitForURL('**/t/onda-studio/create')
})

test('a page for members leads through the sign-in and back to itself', async ({ page }) => {
  await openAsOwner(page, 'settings/keys')
  const wanted = page.url()
  await page.context().clearCookies()
  await page.goto(wanted)
  await page.waitForURL(/sign-in\?next=/)
  await expect(page.getByText('Sign in to continue.', { exact: true })).toBeVisible()
  await signIn(page, { ...OWNER, password: 'not the password' })
  await expect(page.getByText('Incorrect email or password.')).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue(OWNER.email)
  await signIn(page)
  await page.waitForURL(wanted)
})

test('the way back after the sign-in never leaves the studio', async ({ page, baseURL }) => {
  await page.goto('/sign-in?next=//evil.example/t')
  await signIn(page)
  await page.waitForURL(/\/t\/[^/]+\/create/)
  expect(new URL(page.url()).origin).toBe(baseURL)
})

test('an invited person joins, is seen at once, changes role, and is out when removed: their open page says both', async ({
  page,
  browser,
}) => {
  await openAsOwner(page, 'settings/members')
  const link = await inviteLink(page)
  const name = `이하린 ${Date.now() % 100_000}`
  const guest = await joinWith(link, browser, name)
  const row = page.getByRole('row', { name: new RegExp(name) })
  await expect(row).toBeVisible()
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await row.getByRole('combobox').selectOption('viewer')
  await saved
  await expect(guest.page.getByText('뷰어는 이미지를 만들 수 없어요', { exact: false }).first()).toBeVisible()
  await guest.page.goto(page.url().replace('members', 'keys'))
  await expect(guest.page.getByText('뷰어는 API 키를 만들 수 없어요')).toBeVisible()
  await row.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Remove from team' }).click()
  const removed = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  // while the dialog asks, nothing beside it has a role
  await removed
  await expect(row).toBeHidden()
  await expect(guest.page.getByRole('heading', { name: /팀의 멤버가 아니에요/ })).toBeVisible()
  await guest.page.goto('/')
  await expect(guest.page.getByText('참여한 팀이 없어요')).toBeVisible()
  await guest.close()
})

test('an invitation that was used says so', async ({ page, browser }) => {
  await openAsOwner(page, 'settings/members')
  const link = await inviteLink(page)
  const guest = await joinWith(link, browser, '한 번')
  await guest.page.goto(link)
  await expect(guest.page.getByText('만료된 초대예요')).toBeVisible()
  await guest.close()
})

test('who signs in to join and is not let on is told why, and may press again', async ({ page, browser }) => {
  await page.goto(`${await makeTeam(page)}/settings/members`)
  const link = await inviteLink(page)
  const context = await browser.newContext()
  await prefer(context, { locale: 'en', theme: 'dark' })
  const guest = await context.newPage()
  await guest.route('**/api/v1/invitations/acceptance', (route) => route.abort())
  await guest.goto(link)
  await guest.getByText('I have an account').click()
  await guest.getByLabel('Email').fill(ARCHIVIST.email)
  await guest.getByLabel('Password', { exact: true }).fill(ARCHIVIST.password)
  const press = guest.getByRole('button', { name: 'Sign in and join' })
  await press.click()
  await expect(guest.getByRole('alert').filter({ hasText: 'We lost the connection' })).toBeVisible()
  await expect(press).not.toHaveAttribute('aria-busy', 'true')
  await context.close()
})

test('one press is one key and one invitation, also when it is a double click', async ({ page }) => {
  await openAsOwner(page, 'settings/keys')
  const name = `twice ${Date.now()}`
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill(name)
  const asked: string[] = []
  page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname))
  await page.getByRole('button', { name: 'Create key' }).dblclick()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(1)
  await page.goto(page.url().replace('keys', 'members'))
  await page.getByRole('button', { name: 'Create invite link' }).dblclick()
  await expect(page.getByRole('status').getByRole('textbox', { name: 'Copy link' })).toBeVisible()
  expect(asked.filter((path) => /api-keys|invitations/.test(path))).toEqual([
    '/api/v1/api-keys',
    '/api/v1/invitations',
  ])
})

test('nobody becomes an owner by a slip', async ({ page, browser }) => {
  await page.goto(`${await makeTeam(page)}/settings/members`)
  const name = `이서아 ${Date.now() % 100_000}`
  const guest = await joinWith(await inviteLink(page), browser, name)
  const row = page.getByRole('row', { name: new RegExp(name) })
  await row.getByRole('combobox').selectOption('owner')
  await expect(page.getByRole('dialog', { name: `Make ${name} an owner?` })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(row.getByRole('combobox')).toHaveValue('member')
  await row.getByRole('combobox').selectOption('owner')
  await page.getByRole('button', { name: 'Make owner' }).click()
  await expect(row.getByRole('combobox')).toHaveValue('owner')
  await guest.close()
})

test('a key is shown once, works, and stops when it is revoked', async ({ page, request, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openAsOwner(page, 'settings/keys')
  const name = `script ${Date.now()}`
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  const secret = await page.getByRole('textbox', { name: 'API key created' }).inputValue()
  const ask = () => request.get('/api/v1/credits', { headers: { 'x-api-key': secret, cookie: '' } })
  expect((await ask()).status()).toBe(200)
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: 'Copy key' }).click()
  await expect.poll(copied).toBe(secret)
  await page.getByRole('button', { name: 'Copy command' }).click()
  await expect.poll(copied).toMatch(/^curl .*\/api\/images\/create/s)
  expect(await copied()).toContain(secret)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(secret)).toHaveCount(0)
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(0)
  await expect.poll(async () => (await ask()).status()).toBe(401)
})

test(
  'a session that is ended elsewhere is out with its next page',
  { tag: '@chromium' },
  async ({ page, browser }) => {
    await openAsOwner(page, 'settings/members')
    const guest = await joinWith(await inviteLink(page), browser, '세션')
    const elsewhere = await browser.newContext({
      userAgent: 'Mozilla/5.0 (iPhone) AppleWebKit Version/18 Safari/604',
    })
    const phone = await elsewhere.newPage()
    await phone.goto('/sign-in')
    await signIn(phone, { email: guest.email, password: GUEST_PASSWORD })
    await phone.waitForURL(/create/)
    const profile = page.url().replace('members', 'profile')
    await phone.goto(profile)
    await guest.page.goto(profile)
    const end = guest.page.getByRole('button', { name: 'iPhone의 Safari 로그아웃' })
    const question = guest.page.getByRole('dialog', { name: 'iPhone의 Safari에서 로그아웃할까요?' })
    await end.click()
    await question.getByRole('button', { name: '취소' }).click()
    await phone.reload()
    await expect(phone).toHaveURL(/profile/)
    await end.click()
    await question.getByRole('button', { name: '로그아웃' }).click()
    await expect(guest.page.getByText('iPhone의 Safari')).toHaveCount(0)
    await phone.reload()
    await phone.waitForURL(/sign-in/)
    await elsewhere.close()
    await guest.close()
  },
)

test('the account menu ticks the theme and the language that are chosen', async ({ page }) => {
  await openAsOwner(page, 'settings/profile')
  const menu = page.getByRole('button', { name: /account and teams$/ })
  const theme = (name: string) => page.getByRole('menuitemcheckbox', { name, exact: true })
  await menu.click()
  await theme('Light').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked()
  // the menu that closes says "Dark" as well
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark', { exact: true }).click()
  await menu.click()
  await expect(theme('Dark')).toBeChecked()
  await expect(theme('Light')).not.toBeChecked()
  await expect(theme('English')).toBeChecked()
})

test('language and theme follow the person to another browser', async ({ page, browser }) => {
  await openAsOwner(page, 'settings/members')
  const guest = await joinWith(await inviteLink(page), browser, '취향')
  await guest.page.goto(page.url().replace('members', 'profile'))
  await guest.page.getByText('라이트').click()
  await guest.page.getByText('English').click()
  await expect(guest.page.getByRole('heading', { name: 'Profile' })).toBeVisible()
  const elsewhere = await browser.newContext({ locale: 'ko-KR' })
  const other = await elsewhere.newPage()
  await other.goto('/sign-in')
  await other.getByLabel('이메일').fill(guest.email)
  await other.getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await other.getByRole('button', { name: '로그인', exact: true }).click()
  await other.waitForURL(/create/)
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(other.locator('html')).toHaveAttribute('lang', 'en')
  await elsewhere.close()
  await guest.close()
})
