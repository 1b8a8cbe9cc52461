import { expect, type Browser, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import {
  card,
  countRequests,
  generate,
  IN_TIME,
  isAlive,
  make,
  images,
  promptBox,
  signIn,
  unique,
} from './support/create-page'
import { openAlive } from './support/open-alive'
import { signInOwner } from './support/seeded-studio'

/** A studio to itself: what these tests change nobody else sees. They tell one after the other. */
const STUDIO = `http://localhost:${process.env.E2E_QUIET_PORT}`
const PASSWORD = 'persimmon under the eaves'
test.use({ baseURL: STUDIO })
test.beforeEach(async ({ page }) => {
  await signInOwner(page)
  await openAlive(page, '/t/studio/create') // who told mails before was last in a team of theirs
})

const teamOf = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? ''
const goTo = (page: Page, path: string) => page.goto(`/t/${teamOf(page)}/${path}`)
const accountMenu = (page: Page) => page.getByRole('button', { name: /account and teams$/ })

async function newTeam(page: Page, name: string) {
  await accountMenu(page).click()
  await page.getByRole('menuitem', { name: 'Create team' }).click()
  await page.getByLabel('New team’s name').fill(name)
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.waitForURL((url) => url.pathname.endsWith('/create'))
  await isAlive(page)
}

async function invite(page: Page, role = 'member'): Promise<string> {
  await goTo(page, 'settings/members')
  await page.getByLabel('Role for the invite').selectOption(role)
  await page.getByRole('button', { name: 'Create invite link' }).click()
  return page.getByRole('status').getByRole('textbox', { name: 'Copy link' }).inputValue()
}

async function joinAs(browser: Browser, link: string, name: string) {
  const context = await browser.newContext({ baseURL: STUDIO, locale: 'en-US' })
  const page = await context.newPage()
  const email = `${name.toLowerCase()}-${Date.now()}@example.test`
  await page.goto(link)
  await page.getByLabel('Full name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.waitForURL(/\/create/)
  return { page, email, close: () => context.close() }
}

test('a second team has its own images and draft; its owner switches between both, and deletes it by typing its name', async ({
  page,
}) => {
  const first = teamOf(page)
  const prompt = unique('made in the first team')
  await make(page, prompt)
  await promptBox(page).fill('a draft of the first team')
  const name = `Second ${Date.now()}`
  await newTeam(page, name)
  const second = teamOf(page)
  expect(second).not.toBe(first)
  await expect(card(page, prompt)).toHaveCount(0)
  await expect(promptBox(page)).toHaveValue('')
  await accountMenu(page).click()
  await page.getByRole('menuitemcheckbox', { name: 'Studio' }).click()
  await page.waitForURL(`**/t/${first}/create`)
  await expect(promptBox(page)).toHaveValue('a draft of the first team')
  await openAlive(page, `/t/${second}/settings/team`)
  const remove = page.getByRole('button', { name: 'Delete team' })
  await expect(remove).toBeDisabled()
  await page.getByLabel(`Type the team’s name to delete it: ${name}`).fill(name)
  await remove.click()
  await page.waitForURL(`**/t/${first}/create`)
  await page.goto(`/t/${second}/create`)
  await expect(page.getByRole('heading', { name: `${name} was deleted` })).toBeVisible()
})

test('somebody with an account joins a second team, signed in or by signing in', async ({
  page,
  browser,
}) => {
  const guest = await joinAs(browser, await invite(page), 'Minho')
  await newTeam(page, `Third ${Date.now()}`)
  const third = teamOf(page)
  const signedIn = await invite(page, 'viewer')
  await guest.page.goto(signedIn)
  await guest.page.getByRole('button', { name: 'Join as Minho' }).click()
  await guest.page.waitForURL(`**/t/${third}/create`)
  await expect(guest.page.getByText('Viewers can’t generate.', { exact: false }).first()).toBeVisible()
  await newTeam(page, `Fourth ${Date.now()}`)
  const fourth = teamOf(page)
  const bySigningIn = await invite(page)
  await guest.page.context().clearCookies()
  await guest.page.goto(bySigningIn)
  await guest.page.getByText('I have an account').click()
  await guest.page.getByLabel('Email').fill(guest.email)
  await guest.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await guest.page.getByRole('button', { name: 'Sign in and join' }).click()
  await guest.page.waitForURL(`**/t/${fourth}/create`)
  await guest.close()
})

test('a withdrawn invitation is over, also for whoever has its page open', async ({ page, browser }) => {
  const link = await invite(page)
  const context = await browser.newContext({ baseURL: STUDIO, locale: 'en-US' })
  const guest = await context.newPage()
  await guest.goto(link)
  const question = page.getByRole('dialog', { name: 'Revoke invite for Member?' })
  await page.getByRole('button', { name: 'Revoke invite for Member' }).first().click()
  await expect(question).toContainText('Its link stops working immediately.')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Copy link' })).toBeVisible()
  await page.getByRole('button', { name: 'Revoke invite for Member' }).first().click()
  await question.getByRole('button', { name: 'Revoke invite', exact: true }).click()
  await expect(question).toHaveCount(0) // while it asks, nothing beside it has a role
  await expect(page.getByRole('textbox', { name: 'Copy link' })).toHaveCount(0)
  await guest.getByLabel('Full name').fill('Late')
  await guest.getByLabel('Email').fill(`late-${Date.now()}@example.test`)
  await guest.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await guest.getByRole('button', { name: 'Create account and join' }).click()
  await expect(guest.getByRole('alert').filter({ hasText: 'It was already used' })).toBeVisible()
  await guest.reload()
  await expect(guest.getByRole('heading', { name: 'This invitation is no longer valid' })).toBeVisible()
  await context.close()
})

test('a team is handed over, its old owner leaves, and the record says so', async ({ page, browser }) => {
  await newTeam(page, `Handed ${Date.now()}`)
  const team = teamOf(page)
  const heir = await joinAs(browser, await invite(page), 'Harin')
  await goTo(page, 'settings/team')
  await page.getByRole('combobox', { name: 'New owner' }).selectOption({ label: 'Harin' })
  await page.getByRole('button', { name: 'Transfer' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click()
  await expect(page.getByText('Only an owner can change this.', { exact: true })).toBeVisible()
  await goTo(page, 'settings/profile')
  const leave = page.getByRole('button', { name: /^Leave Handed/ })
  await leave.click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Leave Handed/ })
    .click()
  await page.waitForURL((url) => !url.pathname.includes(team))
  const broken: string[] = []
  heir.page.on('pageerror', ({ message }) => broken.push(message))
  await heir.page.goto(`/t/${team}/settings/audit`)
  const lines = heir.page.getByRole('main').getByRole('listitem')
  await expect(lines).toHaveText([
    /left the team/,
    /transferred ownership to Harin/,
    /Harin signed in/,
    /Harin joined by invite \(Member\)/,
    /created an invite \(Member\)/,
    /created the team/,
  ])
  await heir.page.context().addCookies([{ name: 'studio-locale', value: 'ko', url: STUDIO }])
  await heir.page.reload()
  await expect(lines.first()).toContainText('님이 팀에서 나갔어요')
  expect(broken).toEqual([])
  await heir.close()
})

test(
  'a new password ends the other sessions with their next page',
  { tag: '@chromium' },
  async ({ page, browser }) => {
    const guest = await joinAs(browser, await invite(page), 'Jisu')
    const elsewhere = await browser.newContext({ baseURL: STUDIO, locale: 'en-US' })
    const other = await elsewhere.newPage()
    await other.goto('/sign-in')
    await signIn(other, { email: guest.email, password: PASSWORD })
    await other.waitForURL(/\/create/)
    await goTo(guest.page, 'settings/profile')
    await guest.page.getByLabel('Current password').fill('not this one at all')
    await guest.page.getByLabel('New password').fill('a lantern over the water')
    await guest.page.getByRole('button', { name: 'Change password' }).click()
    await expect(guest.page.getByText('Incorrect current password.')).toBeVisible()
    await guest.page.getByLabel('Current password').fill(PASSWORD)
    await guest.page.getByRole('button', { name: 'Change password' }).click()
    await expect(guest.page.getByText('Password changed.', { exact: false })).toBeVisible()
    await other.reload()
    await other.waitForURL(/sign-in/)
    await guest.page.reload()
    await expect(guest.page.getByRole('heading', { name: 'Profile' })).toBeVisible()
    await elsewhere.close()
    await guest.close()
  },
)

test('the sandbox refuses what an admin provokes, keeps the other switches, and takes everything back', async ({
  page,
}) => {
  await goTo(page, 'settings/system')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Running' })).toBeVisible()
  await page.getByLabel('Response', { exact: true }).selectOption('not_enough_credit')
  await expect(page.getByText('Active:', { exact: false })).toBeVisible()
  await page.getByLabel('Concurrent slots', { exact: true }).selectOption('2')
  await expect(page.getByText('Active:', { exact: false })).toBeVisible()
  await goTo(page, 'create')
  await isAlive(page)
  const prompt = unique('nobody pays')
  await promptBox(page).fill(prompt)
  await generate(page).click()
  await expect(card(page, prompt)).toContainText('No credits used', IN_TIME)
  await expect(promptBox(page)).toHaveValue(prompt)
  await goTo(page, 'settings/system')
  await page.getByRole('button', { name: 'Reset to normal' }).click()
  await expect(page.getByText('Active:', { exact: false })).toHaveCount(0)
  await goTo(page, 'create')
  await isAlive(page)
  await make(page, unique('paid again'))
})

test('a change is asked for by itself: the pages of the feed are read neither again nor when the stream opens', async ({
  page,
  context,
}) => {
  // of a team of its own: the tests before may still be heard of, their thumbnails come later
  await newTeam(page, `Watched ${Date.now()}`)
  const prompt = unique('one of many')
  const watcher = await context.newPage()
  const read = countRequests(watcher, 'GET', /^\/api\/v1\/(?!events|credits|notifications|.*cursor=)/) // balances and notifications come by themselves
  const caughtUp = watcher.waitForResponse((answer) => answer.url().includes('/api/v1/events?since='))
  await watcher.goto(page.url())
  await isAlive(watcher)
  const { changes } = await (await caughtUp).json()
  const ofTeam = ({ kind }: { kind: string }) => !['credits', 'notification'].includes(kind)
  expect(changes.filter(ofTeam)).toEqual([])
  expect(read()).toBe(0)
  const pagesRead = countRequests(watcher, 'GET', /^\/api\/v1\/generations\?(?!ids=|.*cursor=)/)
  const asked = countRequests(watcher, 'GET', /^\/api\/v1\/generations\?ids=/)
  await make(page, prompt)
  await expect(images(watcher, prompt)).toHaveCount(4, IN_TIME)
  expect(asked()).toBeGreaterThan(0)
  expect(pagesRead()).toBe(0)
})
